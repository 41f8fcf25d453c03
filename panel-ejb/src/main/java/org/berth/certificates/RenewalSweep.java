package org.berth.certificates;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.berth.platform.BerthException;
import org.berth.platform.Problem;
import org.berth.platform.Sweep;
import org.berth.security.Actor;

/** Begins to renew what is due, and forgets what nobody needs any more. */
@ApplicationScoped
class RenewalSweep implements Sweep {

    private static final Logger LOG = Logger.getLogger(RenewalSweep.class.getName());

    /** What is over by itself: another job works on the site, or none may begin. */
    private static final Set<String> PASSING = Set.of("site-busy", "jobs-drained");

    /** Somebody changed the same rows at the same moment: nothing was written, so it is due still. */
    private static final String RACED = "job-raced";

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
        guarded("keys that nobody needs are kept", due::forgetKeys);
        guarded("new sites wait", due::await);
        guarded("new names wait", () -> due.changed().forEach(this::look));
        for (var site : due.renewals()) {
            try {
                renew(site);
            } catch (RuntimeException unwritten) {
                LOG.log(Level.SEVERE, "why the certificate of site " + site + " is not renewed is lost", unwritten);
            }
        }
    }

    /** Nothing of this keeps a renewal waiting. */
    private static void guarded(String otherwise, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException raced) {
            LOG.log(Level.WARNING, otherwise + " until the next sweep", raced);
        }
    }

    /** A new name is not to wait for the next renewal, nor is what its names kept from being renewed. */
    private void look(long site, long job) {
        try {
            certificates.renamed(Actor.SYSTEM, String.valueOf(site), job);
        } catch (RuntimeException broken) {
            LOG.log(
                    Level.WARNING,
                    "whether the certificate of site " + site + " is for its names is not known",
                    broken);
        }
    }

    /** Whatever keeps one from being renewed, the next sweep begins with others. */
    private void renew(long site) {
        try {
            certificates.renew(Actor.SYSTEM, Holders.reference(site));
        } catch (BerthException refused) {
            LOG.log(Level.INFO, "the certificate of site " + site + " is renewed later", refused);
            var code = refused.problem().code();
            if (PASSING.contains(code)) {
                due.busy(site, refused.problem());
            } else if (!RACED.equals(code)) {
                due.refused(site, refused.problem());
            }
        } catch (RuntimeException broken) {
            // Such as by rows that somebody changed by hand.
            var reference = UUID.randomUUID().toString().substring(0, 8);
            LOG.log(Level.SEVERE, "renewal of the certificate of site " + site + " reference " + reference, broken);
            due.broken(site, Problem.of("job-bug", reference));
        }
    }
}
