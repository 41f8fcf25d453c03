package org.berth.platform;

import java.sql.SQLException;
import java.util.Set;

/** Whether something failed because there is no room left where Berth's own database keeps its files. */
public final class FullDatabase {

    /** Of MariaDB: disk full, error writing a file, the table is full. */
    private static final Set<Integer> FULL = Set.of(1021, 1026, 1114);

    private FullDatabase() {}

    /** Looks through all causes of a failure, since the persistence provider wraps what the driver says. */
    public static boolean isBehind(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refused && FULL.contains(refused.getErrorCode())) {
                return true;
            }
        }
        return false;
    }
}
