package org.berth.certificates;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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

    /** For all authorities together; what is not asked by then is asked in the next run. */
    private static final Duration LONGEST_RUN = Duration.ofSeconds(30);

    private final DueCertificates due;
    private final Clock clock;

    /** For the container's proxy. */
    RenewalInfoSweep() {
        this(null, null);
    }

    @Inject
    RenewalInfoSweep(DueCertificates due, Clock clock) {
        this.due = due;
        this.clock = clock;
    }

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
        var end = clock.instant().plus(LONGEST_RUN);
        // What the small ones need less than their part of is there for the large ones.
        var questions = due.questions().stream()
                .sorted(Comparator.comparingInt(List::size))
                .toList();
        for (var asked = 0; asked < questions.size(); asked++) {
            var part = Duration.between(clock.instant(), end).dividedBy(questions.size() - asked);
            var least = LONGEST_RUN.dividedBy(questions.size());
            ask(questions.get(asked), part.compareTo(least) > 0 ? part : least);
        }
    }

    /** One that is slow has its part of the time, and one that has trouble is asked once, so that neither is others' concern. */
    private void ask(List<Long> sites, Duration longest) {
        var until = clock.instant().plus(longest);
        try {
            for (var site : sites) {
                if (!clock.instant().isBefore(until) || !isAnswered(site)) {
                    return;
                }
            }
        } catch (RuntimeException unwritten) {
            LOG.log(Level.WARNING, "when to renew certificates of one authority is asked in the next run", unwritten);
        }
    }

    private boolean isAnswered(long site) {
        try {
            due.question(site).ifPresentOrElse(question -> ask(site, question), () -> due.unasked(site));
            return true;
        } catch (RuntimeException unanswered) {
            LOG.log(Level.INFO, "when to renew the certificate of site " + site + " is asked later", unanswered);
            due.unanswered(site);
            // What is wrong with one certificate says nothing of the others.
            return !(unanswered instanceof AcmeFailure failure && failure.kind() == AcmeFailure.Kind.OUTAGE);
        }
    }

    /** What the authority says. */
    Optional<RenewalWindow> renewal(DueCertificates.Question question) {
        return AcmeClient.of(question.access(), clock).renewal(question.certificate());
    }

    private void ask(long site, DueCertificates.Question question) {
        var window = renewal(question);
        due.answered(site, question.id(), window);
        window.filter(wanted -> wanted.start().isBefore(clock.instant()))
                .flatMap(RenewalWindow::explanation)
                .ifPresent(page -> LOG.info(() -> "the authority wants the certificate of site " + site
                        + " renewed now and says why at " + page));
    }
}
