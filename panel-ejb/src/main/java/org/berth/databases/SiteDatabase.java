package org.berth.databases;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A site's database as it is stored. */
@Entity
@Table(name = "site_database")
class SiteDatabase {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @Column(name = "site_id")
    private long siteId;

    private String name;

    @Column(name = "user_name")
    private String userName;

    private String secret;

    @Column(name = "created_at")
    private Instant createdAt;

    protected SiteDatabase() {}

    SiteDatabase(long siteId, String secret, Instant now) {
        this.siteId = siteId;
        // The host derives both from the site's number by the same rule.
        name = "s_" + siteId;
        userName = name;
        this.secret = secret;
        createdAt = now;
    }

    String secret() {
        return secret;
    }

    DatabaseView view() {
        return new DatabaseView(name, userName, "localhost");
    }
}
