package org.berth.platform;

import java.sql.SQLException;

/** Whether the database refused a row because another one has its key already: error 1062 of MariaDB, SQLSTATE 23000. */
public final class DuplicateKey {

    private static final int ER_DUP_ENTRY = 1062;

    private DuplicateKey() {}

    /** Looks through all causes of a failure, since the persistence provider wraps what the driver says. */
    public static boolean isBehind(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refused && refused.getErrorCode() == ER_DUP_ENTRY) {
                return true;
            }
        }
        return false;
    }
}
