package org.berth.accounts;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.berth.audit.Auditable;
import org.berth.audit.Target;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;

/**
 * A token that somebody wants to make.
 *
 * @param name what it is for, 1 to 60 characters
 * @param expiresInDays 1 to 3650; 0 for a token that does not expire
 */
public record TokenDraft(String name, int expiresInDays) implements Auditable {

    private static final int MAX_DAYS = 3650;

    public TokenDraft {
        name = name.strip();
        if (!name.matches("[^\\p{Cntrl}\\p{Zl}\\p{Zp}]{1,60}")) {
            throw new InvalidInput(Problem.of("token-name-invalid").at("name"));
        }
        if (expiresInDays < 0 || expiresInDays > MAX_DAYS) {
            throw new InvalidInput(
                    Problem.of("token-days-invalid", expiresInDays, MAX_DAYS).at("expiresInDays"));
        }
    }

    Optional<Instant> expiry(Instant now) {
        return Optional.of(expiresInDays).filter(days -> days > 0).map(days -> now.plus(Duration.ofDays(days)));
    }

    @Override
    public Target auditTarget() {
        return new Target("token", 0, name);
    }
}
