package org.berth.accounts;

import org.berth.audit.Auditable;
import org.berth.audit.Target;

/** An account that was just made, with the password for its first login. */
public record NewAccount(AccountView account, OneTimePassword oneTimePassword) implements Auditable {

    @Override
    public Target auditTarget() {
        return account.auditTarget();
    }
}
