package org.berth.accounts;

import org.berth.audit.Auditable;
import org.berth.audit.Target;
import org.berth.security.Role;

/**
 * An account that somebody wants to make.
 *
 * @param email may be empty
 */
public record AccountDraft(String login, String displayName, String email, Role role) implements Auditable {

    @Override
    public Target auditTarget() {
        return new Target("user", 0, login);
    }

    @Override
    public String auditDetail() {
        return "role " + role;
    }
}
