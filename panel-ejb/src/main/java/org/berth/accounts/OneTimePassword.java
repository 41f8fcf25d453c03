package org.berth.accounts;

import java.time.Instant;
import org.berth.audit.Auditable;
import org.berth.audit.Target;

/**
 * A password that Berth made: shown once, good for one login, at which it must be replaced.
 *
 * @param expiresAt from then on it does not work any more
 */
public record OneTimePassword(long accountId, String login, String password, Instant expiresAt) implements Auditable {

    @Override
    public Target auditTarget() {
        return new Target("user", accountId, login);
    }

    /** Without the password: this may end in a log. */
    @Override
    public String toString() {
        return "OneTimePassword[" + login + ", expires " + expiresAt + "]";
    }
}
