package org.berth.sites;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.berth.audit.AuditLog;
import org.berth.platform.ClockWatch;
import org.berth.platform.Conflict;
import org.berth.platform.Sweep;
import org.berth.security.Actor;

/**
 * Removes deleted sites for good once their days of grace are over, and forgets preview links that no longer work. A
 * clock that may be wrong ends no days of grace.
 */
@ApplicationScoped
class PurgeSweep implements Sweep {

    private static final Logger LOG = Logger.getLogger(PurgeSweep.class.getName());

    @Inject
    private DueSites due;

    @Inject
    private Sites sites;

    @Inject
    private AuditLog audit;

    @Inject
    private ClockWatch clock;

    private boolean compared;

    @Override
    public String name() {
        return "site-purges";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(10);
    }

    @Override
    public void run() {
        due.forgetExpiredPreviews();
        if (!compared) {
            audit.newest().ifPresent(clock::startedAfter);
            compared = true;
        }
        if (!clock.isTrusted()) {
            return;
        }
        for (var id : due.purges()) {
            try {
                sites.purge(Actor.SYSTEM, String.valueOf(id));
            } catch (Conflict busy) {
                LOG.log(Level.INFO, "site " + id + " is purged later", busy);
            }
        }
    }
}
