package org.berth.platform;

import jakarta.resource.ResourceException;
import java.sql.SQLException;
import java.util.Set;

/** Whether something failed because Berth's own database was not there: stopped, restarting, or out of reach. */
public final class LostDatabase {

    /** How long to wait before the next try: its restart takes about as long. */
    public static final int RETRY_AFTER_SECONDS = 5;

    /** SQLSTATE of everything that is wrong with a connection. */
    private static final String CONNECTION = "08";

    /** Of MariaDB: the server shuts down, the connection was killed by that. */
    private static final Set<Integer> SHUTDOWN = Set.of(1053, 1927);

    private LostDatabase() {}

    /** Looks through all causes of a failure: the driver, the pool and the persistence provider each wrap the one before. */
    public static boolean isBehind(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ResourceException || cause instanceof SQLException lost && isLost(lost)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLost(SQLException failure) {
        var state = failure.getSQLState();
        return state != null && state.startsWith(CONNECTION) || SHUTDOWN.contains(failure.getErrorCode());
    }
}
