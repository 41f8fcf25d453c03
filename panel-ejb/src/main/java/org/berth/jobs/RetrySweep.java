package org.berth.jobs;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.berth.platform.Conflict;
import org.berth.platform.Sweep;
import org.berth.security.Actor;

/**
 * Tries jobs again: failed ones whose recipe wants that, and stalled ones that a verb only failed to take back, such as
 * while a server was down. What must happen in the end does not wait for a person.
 */
@ApplicationScoped
class RetrySweep implements Sweep {

    private static final Logger LOG = Logger.getLogger(RetrySweep.class.getName());

    @Inject
    private JobLedger ledger;

    @Inject
    private Jobs jobs;

    @Override
    public String name() {
        return "job-retries";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run() {
        for (var id : ledger.rested()) {
            try {
                jobs.retry(Actor.SYSTEM, id);
            } catch (Conflict movedOn) {
                LOG.log(Level.INFO, "job " + id + " is not tried again", movedOn);
            } catch (RuntimeException broken) {
                // Such as by rows that somebody changed by hand: the others do not wait for it.
                LOG.log(Level.WARNING, "job " + id + " cannot be tried again", broken);
            }
        }
    }
}
