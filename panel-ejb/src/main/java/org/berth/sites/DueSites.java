package org.berth.sites;

import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.List;
import org.berth.platform.ClockJump;

/** What the clock finds due; for {@link PurgeSweep}, which has no transaction. */
@Stateless
public class DueSites {

    /** One sweep takes no more, so that a host that was off for long is not drowned. */
    private static final int AT_ONCE = 20;

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private SitePreviews previews;

    @Inject
    private Clock clock;

    public List<Long> purges() {
        return entities.createQuery(
                        "select s.id from Site s where s.state = :deleted and s.purgeAt < :now order by s.purgeAt",
                        Long.class)
                .setParameter("deleted", SiteState.DELETED)
                .setParameter("now", clock.instant())
                .setMaxResults(AT_ONCE)
                .getResultList();
    }

    /**
     * Days of grace are days that have passed, whatever the clock says. A deleted site without an end of them, which only
     * somebody's hand can make, is never due.
     */
    public void clockWasSet(@Observes ClockJump jump) {
        entities.createQuery("select s from Site s where s.state = :deleted", Site.class)
                .setParameter("deleted", SiteState.DELETED)
                .getResultStream()
                .filter(site -> site.purgeAt().isPresent())
                .forEach(site -> site.purgedLater(jump.by()));
    }

    public void forgetExpiredPreviews() {
        previews.forgetExpired();
    }
}
