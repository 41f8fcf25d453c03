package org.berth.accounts;

import java.time.Instant;
import java.util.Optional;
import org.berth.audit.Auditable;
import org.berth.audit.Target;

/** A token as its owner sees it; the secret cannot be seen again. */
public record TokenView(
        long id, String name, Instant createdAt, Optional<Instant> expiresAt, Optional<Instant> lastUsedAt)
        implements Auditable {

    @Override
    public Target auditTarget() {
        return new Target("token", id, name);
    }
}
