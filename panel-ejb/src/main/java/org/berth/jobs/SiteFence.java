package org.berth.jobs;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.berth.host.Lease;

/** Hands out leases in an order that the host can check; the order outlives the site. */
@Dependent
public class SiteFence {

    @PersistenceContext
    private EntityManager entities;

    /** A lease that outranks every earlier one on the site; takes part in the caller's transaction. */
    Lease next(long site, long job) {
        entities.createNativeQuery("insert into site_fence (site_id, epoch, token, born)"
                        + " select ?1, coalesce(max(epoch), 1), 1, coalesce(max(epoch), 1) from site_fence"
                        + " on duplicate key update token = site_fence.token + 1")
                .setParameter(1, site)
                .executeUpdate();
        var row = (Object[]) entities.createNativeQuery("select epoch, token from site_fence where site_id = ?1")
                .setParameter(1, site)
                .getSingleResult();
        return new Lease(job, ((Number) row[0]).intValue(), ((Number) row[1]).longValue());
    }

    /** The lease that outranks all others on the site now, for what is no job's: it outranks no job that begins meanwhile. */
    public Lease newest(long site) {
        var row = (Object[]) entities.createNativeQuery("select coalesce(max(epoch), 1),"
                        + " coalesce(max(case when site_id = ?1 then token end), 0) from site_fence")
                .setParameter(1, site)
                .getSingleResult();
        return new Lease(0, ((Number) row[0]).intValue(), ((Number) row[1]).longValue());
    }

    /**
     * The epoch in which the number of a site that had a lease was given out. By it the host tells the site from another
     * one of that number, which a restored database may not know.
     */
    public int born(long site) {
        var born = entities.createNativeQuery("select born from site_fence where site_id = ?1")
                .setParameter(1, site)
                .getSingleResult();
        return ((Number) born).intValue();
    }
}
