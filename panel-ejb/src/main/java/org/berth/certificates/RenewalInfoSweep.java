package org.berth.certificates;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.berth.platform.Sweep;

/**
 * Asks authorities when they want their certificates renewed (RFC 9773). One that is about to revoke some says so by a time
 * that has passed.
 */
@ApplicationScoped
class RenewalInfoSweep implements Sweep {

    private static final Logger LOG = Logger.getLogger(RenewalInfoSweep.class.getName());

    @Inject
    private DueCertificates due;

    @Inject
    private Clock clock;

    @Override
    public String name() {
        return "certificate-renewal-info";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run() {
        for (var site : due.questions()) {
            try {
                due.question(site).ifPresentOrElse(question -> ask(site, question), () -> due.unasked(site));
            } catch (RuntimeException unanswered) {
                LOG.log(Level.INFO, "when to renew the certificate of site " + site + " is asked later", unanswered);
                due.unanswered(site);
            }
        }
    }

    private void ask(long site, DueCertificates.Question question) {
        var window = AcmeClient.of(question.access(), clock).renewal(question.certificate());
        due.answered(site, question.id(), window);
        window.filter(wanted -> wanted.start().isBefore(clock.instant()))
                .flatMap(RenewalWindow::explanation)
                .ifPresent(page -> LOG.info(() -> "the authority wants the certificate of site " + site
                        + " renewed now and says why at " + page));
    }
}
