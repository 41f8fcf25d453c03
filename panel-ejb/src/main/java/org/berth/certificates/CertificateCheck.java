package org.berth.certificates;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** What the last look at a site's names and certificate found, as it is stored. */
@Entity
@Table(name = "certificate_check")
class CertificateCheck {

    @Id
    @Column(name = "site_id")
    private long siteId;

    @Column(name = "checked_at")
    private Instant checkedAt;

    private String report;

    protected CertificateCheck() {}

    CertificateCheck(long siteId) {
        this.siteId = siteId;
    }

    void found(String json, Instant now) {
        report = json;
        checkedAt = now;
    }

    CheckView view() {
        return CheckReport.read(report, checkedAt);
    }
}
