package org.berth.accounts;

import org.berth.audit.Auditable;
import org.berth.audit.Target;

/**
 * A token that was just made.
 *
 * @param secret what the program sends; shown this once
 */
public record NewToken(TokenView token, String secret) implements Auditable {

    @Override
    public Target auditTarget() {
        return token.auditTarget();
    }

    /** Without the secret: this may end in a log. */
    @Override
    public String toString() {
        return "NewToken[" + token + "]";
    }
}
