package org.berth.accounts;

import java.time.Instant;
import java.util.Optional;
import org.berth.audit.Auditable;
import org.berth.audit.Target;
import org.berth.security.Role;

/**
 * An account as others see it.
 *
 * @param passwordOneTime the password was made by Berth and waits to be replaced
 */
public record AccountView(
        long id,
        String login,
        String displayName,
        Optional<String> email,
        Role role,
        AccountState state,
        boolean passwordOneTime,
        Preferences preferences,
        Instant createdAt,
        Optional<Instant> lastLoginAt)
        implements Auditable {

    @Override
    public Target auditTarget() {
        return new Target("user", id, login);
    }
}
