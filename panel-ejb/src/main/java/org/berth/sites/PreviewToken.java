package org.berth.sites;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A preview link as it is stored: only the digest of its token. */
@Entity
@Table(name = "preview_link")
class PreviewToken {

    @Id
    private String hash;

    @Column(name = "site_id")
    private long siteId;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "expires_at")
    private Instant expiresAt;

    protected PreviewToken() {}

    PreviewToken(String hash, long siteId, Instant createdAt, Instant expiresAt) {
        this.hash = hash;
        this.siteId = siteId;
        this.createdAt = createdAt;
        this.expiresAt = expiresAt;
    }

    long siteId() {
        return siteId;
    }

    boolean isValidAt(Instant now) {
        return now.isBefore(expiresAt);
    }
}
