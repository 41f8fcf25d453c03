package org.berth.accounts;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A login that did not succeed (yet), counted in one of the buckets of {@link LoginThrottle}. */
@Entity
@Table(name = "login_attempt")
class LoginAttempt {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    private String bucket;

    @Column(name = "failed_at")
    private Instant failedAt;

    protected LoginAttempt() {}

    LoginAttempt(String bucket, Instant failedAt) {
        this.bucket = bucket;
        this.failedAt = failedAt;
    }

    long id() {
        return id;
    }

    String bucket() {
        return bucket;
    }

    @Override
    public String toString() {
        return bucket + " at " + failedAt;
    }
}
