package org.berth.certificates;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import org.berth.jobs.JobState;
import org.berth.sites.SiteState;

/** What is kept of the past; for {@link CertificateHistorySweep}, which has no transaction. */
@Stateless
public class CertificateHistory {

    /** As many of a site as people look back at. */
    private static final int MOST = CertificateRows.HISTORY;

    /** Longer than any limit looks back, and than authorities keep orders open. */
    private static final Duration ORDERS = Duration.ofDays(8);

    /** Orders are counted, also those of sites that are gone, and so their certificates stay as long. */
    private static final String WITHOUT_ORDER = " and c.id not in (select o.certificateId from PlacedOrder o)";

    /** Long enough for a weekend to pass; the job says it for as long as there are jobs. */
    private static final Duration TRIALS = Duration.ofDays(3);

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Clock clock;

    public void forgetOrders() {
        entities.createQuery("delete from PlacedOrder o where o.madeAt < :then")
                .setParameter("then", clock.instant().minus(ORDERS))
                .executeUpdate();
    }

    /** The newest stays in any case: the next number is counted from it. */
    public void forgetOlder() {
        entities.createQuery(
                        "select c.siteId, max(c.number) from Certificate c group by c.siteId having count(c) > " + MOST,
                        Object[].class)
                .getResultStream()
                .forEach(site -> entities.createQuery(
                                "delete from Certificate c where c.siteId = :site and c.number <= :last"
                                        + " and c.servedSiteId is null" + WITHOUT_ORDER)
                        .setParameter("site", site[0])
                        .setParameter("last", (Integer) site[1] - MOST)
                        .executeUpdate());
    }

    /**
     * Why somebody's attempt failed is told no more after a while where nothing is wrong with what visitors get, nor with
     * its renewals: these do not count it as a failure of theirs, and what they say themselves comes after it. That the host
     * has lost what visitors got is no attempt's failure.
     */
    public void forgetTrials() {
        entities.createQuery(
                        "update SiteCertificate w set w.problemCode = null, w.problemArgs = null"
                                + " where w.failures = 0 and w.putOffAt is null and w.problemCode <> 'certificate-lost'"
                                + " and w.lastJob in (select j.id from Job j where j.state <> :succeeded and j.finishedAt < :then)")
                .setParameter("succeeded", JobState.SUCCEEDED)
                .setParameter("then", clock.instant().minus(TRIALS))
                .executeUpdate();
    }

    public void forgetRemovedSites() {
        var ofRemoved = ".siteId in (select s.id from Site s where s.state = :removed)";
        for (var query : new String[] {
            "delete from SiteCertificate w where w" + ofRemoved,
            "delete from CertificateCheck k where k" + ofRemoved,
            "delete from Certificate c where c" + ofRemoved + WITHOUT_ORDER
        }) {
            entities.createQuery(query)
                    .setParameter("removed", SiteState.REMOVED)
                    .executeUpdate();
        }
    }
}
