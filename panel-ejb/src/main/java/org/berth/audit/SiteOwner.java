package org.berth.audit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Whose a site is, read only: the sites' component stands above this one and cannot be asked. */
@Entity
@Table(name = "site")
class SiteOwner {

    @Id
    private Long id;

    @Column(name = "owner_id", insertable = false, updatable = false)
    private Long ownerId;

    protected SiteOwner() {}

    boolean isOwnedBy(long accountId) {
        return ownerId == accountId;
    }
}
