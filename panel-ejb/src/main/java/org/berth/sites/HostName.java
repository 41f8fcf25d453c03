package org.berth.sites;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Locale;
import org.berth.platform.DomainName;

/** A taken name as it is stored; the primary key is what makes names unique over all sites. */
@Entity
@Table(name = "site_host_name")
class HostName {

    @Id
    private String name;

    @Column(name = "site_id")
    private long siteId;

    /** The form for people, for searches. */
    private String shown;

    @Enumerated(EnumType.STRING)
    private NameKind kind;

    protected HostName() {}

    HostName(DomainName name, long siteId, NameKind kind) {
        this.name = name.ascii();
        this.shown = name.unicode().toLowerCase(Locale.ROOT);
        this.siteId = siteId;
        this.kind = kind;
    }

    /** What is written down, whatever that is. */
    String stored() {
        return name;
    }

    DomainName name() {
        return new DomainName(name);
    }

    long siteId() {
        return siteId;
    }

    NameKind kind() {
        return kind;
    }

    void becomes(NameKind kind) {
        this.kind = kind;
    }
}
