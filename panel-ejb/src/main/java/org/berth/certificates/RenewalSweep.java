package org.berth.certificates;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.berth.platform.Conflict;
import org.berth.platform.Sweep;
import org.berth.security.Actor;

/** Begins to renew what is due, and forgets what nobody needs any more. */
@ApplicationScoped
class RenewalSweep implements Sweep {

    private static final Logger LOG = Logger.getLogger(RenewalSweep.class.getName());

    @Inject
    private DueCertificates due;

    @Inject
    private Certificates certificates;

    @Override
    public String name() {
        return "certificate-renewals";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run() {
        due.forgetKeys();
        for (var site : due.renewals()) {
            try {
                certificates.renew(Actor.SYSTEM, Holders.reference(site));
            } catch (Conflict busy) {
                LOG.log(Level.INFO, "the certificate of site " + site + " is renewed later", busy);
            } catch (RuntimeException broken) {
                // Such as by rows that somebody changed by hand: the others do not wait for it.
                LOG.log(Level.WARNING, "the certificate of site " + site + " cannot be renewed", broken);
            }
        }
    }
}
