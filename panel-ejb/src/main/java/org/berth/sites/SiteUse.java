package org.berth.sites;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;

/** What a site had on disk when it was counted last. */
@Entity
@Table(name = "site_use")
class SiteUse {

    /** A count that says the same as before is not worth a write more often. */
    private static final Duration SAME = Duration.ofMinutes(30);

    @Id
    @Column(name = "site_id")
    private long siteId;

    private long bytes;

    private long files;

    @Column(name = "counted_at")
    private Instant countedAt;

    protected SiteUse() {}

    /** Whether it says the same already, and not so long ago that people would take it for old. */
    boolean says(long nowBytes, long nowFiles, Instant now) {
        return bytes == nowBytes && files == nowFiles && countedAt.plus(SAME).isAfter(now);
    }

    long siteId() {
        return siteId;
    }

    DiskUse.Count count() {
        return new DiskUse.Count(bytes, files, countedAt);
    }
}
