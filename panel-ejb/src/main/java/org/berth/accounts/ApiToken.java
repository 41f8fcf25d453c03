package org.berth.accounts;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.berth.security.Secrets;

/** A secret with which a program acts for an account. Only its digest is kept. */
@Entity
@Table(name = "api_token")
class ApiToken {

    /** A token in use writes its row no more often than this. */
    private static final Duration USE_NOTED_EVERY = Duration.ofMinutes(1);

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @Column(name = "account_id")
    private long accountId;

    private String name;
    private String hash;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "expires_at")
    private Instant expiresAt;

    @Column(name = "last_used_at")
    private Instant lastUsedAt;

    protected ApiToken() {}

    ApiToken(long accountId, String secret, TokenDraft draft, Instant now) {
        this.accountId = accountId;
        name = draft.name();
        hash = Secrets.digest(secret);
        createdAt = now;
        expiresAt = draft.expiry(now).orElse(null);
    }

    boolean isValid(Instant now) {
        return expiresAt == null || now.isBefore(expiresAt);
    }

    void use(Instant now) {
        if (lastUsedAt == null || lastUsedAt.plus(USE_NOTED_EVERY).isBefore(now)) {
            lastUsedAt = now;
        }
    }

    long accountId() {
        return accountId;
    }

    TokenView view() {
        return new TokenView(id, name, createdAt, Optional.ofNullable(expiresAt), Optional.ofNullable(lastUsedAt));
    }
}
