package org.berth.accounts;

import org.berth.audit.Auditable;
import org.berth.audit.Target;
import org.berth.security.Actor;

/**
 * Somebody who proved who they are.
 *
 * @param account the account as it is now
 * @param sessionEpoch a session begun in this epoch holds until the account's epoch is raised
 */
public record Authenticated(Actor actor, AccountView account, int sessionEpoch) implements Auditable {

    @Override
    public Target auditTarget() {
        return account.auditTarget();
    }

    /** Whether nothing but a new password is allowed now. */
    public boolean mustChangePassword() {
        return account.passwordOneTime();
    }
}
