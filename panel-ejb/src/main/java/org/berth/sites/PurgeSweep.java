package org.berth.sites;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.berth.platform.ClockWatch;
import org.berth.platform.Conflict;
import org.berth.platform.Sweep;
import org.berth.security.Actor;

/**
 * Removes deleted sites for good once their days of grace are over, and forgets preview links that no longer work. The
 * clock is looked at first: one that was set ahead ends no days of grace.
 */
@ApplicationScoped
class PurgeSweep implements Sweep {

    private static final Logger LOG = Logger.getLogger(PurgeSweep.class.getName());

    @Inject
    private DueSites due;

    @Inject
    private Sites sites;

    @Inject
    private ClockWatch clock;

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
        clock.look();
        for (var id : due.purges()) {
            try {
                sites.purge(Actor.SYSTEM, String.valueOf(id));
            } catch (Conflict busy) {
                LOG.log(Level.INFO, "site " + id + " is purged later", busy);
            } catch (RuntimeException broken) {
                // Such as by rows that somebody changed by hand: the others do not wait for it.
                LOG.log(Level.WARNING, "site " + id + " cannot be purged", broken);
            }
        }
    }
}
