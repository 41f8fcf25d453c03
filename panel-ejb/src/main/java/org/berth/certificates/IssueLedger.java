package org.berth.certificates;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.berth.jobs.JobFacts;
import org.berth.jobs.JobState;
import org.berth.platform.BerthException;
import org.berth.platform.Conflict;
import org.berth.platform.Problem;
import org.berth.security.SecretBox;
import org.berth.security.Via;

/**
 * What the steps of an issuance read from the rows and write into them. What an authority said is written down before
 * anything else happens. Takes part in the transaction of the job when there is one.
 */
@Stateless
public class IssueLedger {

    private static final String ASKED_IN_VAIN = "acme-budget-asked";

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private CertificateRows rows;

    @Inject
    private OrderBudget budget;

    @Inject
    private SecretBox box;

    @Inject
    private Clock clock;

    public IssuePlan plan(JobFacts job) {
        var certificate = certificate(job);
        var directory = rows.directory(certificate.directoryId());
        return new IssuePlan(
                directory.id(),
                directory.access(box),
                directory.email(),
                directory.isEmailTold(),
                directory.profile(),
                directory.externalAccount(box),
                certificate.keyType(),
                openOrder(certificate).map(order -> new IssuePlan.Placed(order.id(), order.url(), order.tokens())),
                certificate.chain(),
                replaced(job, certificate).flatMap(Certificate::chain),
                rows.wish(job.site()).flatMap(SiteCertificate::problem));
    }

    public void registered(long directory, String account, String email) {
        // The first orders come for several sites at once, and are told the same account.
        rows.lockedDirectory(directory).registered(account, email);
    }

    /**
     * Writes down that an order is going to be made.
     *
     * @return its id
     * @throws AcmeFailure when the authority's limits leave no room for one
     */
    public long intend(JobFacts job) {
        var certificate = certificate(job);
        var asker = asker(job);
        var domains = rows.newDomains(job.site(), certificate);
        // Little may be left of what the clock replaces when that is due; the authority says itself when it does not
        // let it by.
        var isUrgent = asker == Asker.CLOCK
                && rows.served(job.site())
                        .filter(served -> served.renewAt().isBefore(clock.instant()))
                        .isPresent();
        var awaited = isUrgent ? Set.<String>of() : domains;
        // What others order at the same moment is counted before, or counts this one.
        var directory = awaited.isEmpty()
                ? rows.directory(certificate.directoryId())
                : rows.lockedDirectory(certificate.directoryId());
        var now = clock.instant();
        budget.freeAt(asker, job, directory, certificate, awaited, now).ifPresent(until -> {
            throw AcmeFailure.postponed(Problem.of(isVain(job, asker) ? ASKED_IN_VAIN : "acme-budget", until), until);
        });
        var order = new PlacedOrder(certificate, domains, asker, now);
        entities.persist(order);
        entities.flush();
        return order.id();
    }

    /** What a person wants in place of a certificate that renews well, the clock does not order later. */
    private boolean isVain(JobFacts job, Asker asker) {
        var wish = rows.wish(job.site());
        return IssueInput.isTrial(job.input())
                || asker != Asker.CLOCK
                        && wish.filter(some ->
                                        some.failures() == 0 && some.uncovered().isEmpty())
                                .flatMap(some -> rows.served(job.site()).filter(served -> served.isFrom(some)))
                                .filter(served -> !served.isRevoked())
                                .isPresent();
    }

    /** The authority has taken an order, so it does what it shall. */
    public void placed(long id, AcmeOrder order) {
        var placed = entities.find(PlacedOrder.class, id);
        placed.placed(order);
        if (rows.directory(placed.directoryId()).isTroubled()) {
            rows.lockedDirectory(placed.directoryId()).answered();
        }
    }

    public void lost(long id) {
        entities.find(PlacedOrder.class, id).ended(PlacedOrder.State.FAILED);
    }

    /** The authority does not know the account any more, nor what was ordered by it. */
    public void forgotten(long directory) {
        rows.lockedDirectory(directory).forgetAccount();
        rows.loseOrders(directory);
    }

    /** What an order has given is of no use, and counts at the authority all the same; the next attempt makes another one. */
    public void wasted(long id) {
        entities.find(PlacedOrder.class, id).ended(PlacedOrder.State.DONE);
    }

    /** File names of what the host was told to answer for the last order. */
    public List<String> tokens(JobFacts job) {
        return lastOrder(certificate(job)).map(PlacedOrder::tokens).orElse(List.of());
    }

    /** The authority has issued what was asked for. */
    public void issued(JobFacts job, IssuedCertificate made) {
        var certificate = certificate(job);
        certificate.issued(made);
        openOrder(certificate).ifPresent(order -> order.ended(PlacedOrder.State.DONE));
    }

    /** The host will never serve what the authority has issued, so the next attempt gets another one. */
    public void uninstallable(JobFacts job) {
        certificate(job).uninstallable();
    }

    /** The host has something else under the number of what is ordered, so the next attempt takes the next one. */
    public void spent(JobFacts job) {
        certificate(job).spent(clock.instant());
    }

    /**
     * That browsers trust what was issued, or did not trust what visitors get now, or that somebody wants it all the same. Neither
     * the next one of the same authority is asked about, since what it lacks perhaps only this host does not know, nor
     * what the clock gets: an untrusted one is better than one that has expired.
     */
    public void requireTrust(JobFacts job) {
        var next = certificate(job);
        var isAsked = job.actor().via() != Via.SYSTEM
                && !IssueInput.isUntrusted(job.input())
                && rows.served(job.site())
                        .filter(served -> served.isOf(next.directoryId()))
                        .isEmpty();
        var doubt = rows.trusted(job.site(), clock.instant())
                .filter(trusted -> isAsked)
                // What was changed by hand the host refuses.
                .flatMap(trusted -> next.sound())
                .flatMap(CertificateTrust::doubt);
        doubt.ifPresent(why -> {
            throw AcmeFailure.lasting(Problem.of(
                    "certificate-trust-kept", next.number(), why.args().get(0)));
        });
    }

    /** It was issued, which is what somebody wanted to see. */
    public void tried(JobFacts job) {
        certificate(job).tried(clock.instant());
    }

    /** Visitors get it. */
    public void served(JobFacts job) {
        var now = clock.instant();
        var certificate = certificate(job);
        rows.served(job.site())
                .filter(before -> before.id() != certificate.id())
                .ifPresent(before -> {
                    before.replaced(now);
                    // Its place is free before the next one takes it.
                    entities.flush();
                });
        certificate.served(now);
        var wish = rows.wish(job.site()).orElseGet(() -> {
            var first = new SiteCertificate(job.site());
            entities.persist(first);
            return first;
        });
        if (IssueInput.isTrial(job.input())) {
            wish.attempted(IssueInput.tried(job.input(), certificate), false, Optional.empty(), now);
        }
        wish.served(certificate, job.id(), rows.namesOf(job.site()), now);
        if (IssueInput.lineage(job.input()).isPresent()) {
            wish.takenOver(certificate, rows.directoryForAll().map(AcmeDirectory::id));
        }
    }

    /** The key of a certificate that somebody has brought, until the host has it. */
    public Optional<String> broughtKey(JobFacts job) {
        return certificate(job).sealedKey().map(box::open);
    }

    /** The chain of a certificate that is issued. */
    public String chain(JobFacts job) {
        return certificate(job).chain().orElseThrow();
    }

    /** Visitors get the one of before again, because somebody wants it so: the clock waits before it orders another. */
    public void returned(JobFacts job) {
        served(job);
        var before = certificate(job);
        rows.wish(job.site())
                .orElseThrow()
                .returned(before.authority(), before.names(), before.notAfter(), clock.instant());
    }

    /**
     * The authority has declared it void; if visitors get it, the clock orders the next one, or none if the site is to sign its
     * own, also when that does not succeed at once.
     */
    public void revoked(JobFacts job) {
        var certificate = certificate(job);
        certificate.revoked(clock.instant());
        rows.wish(job.site()).filter(wish -> certificate.isServed()).ifPresent(wish -> {
            if (RevokeRecipe.withdraws(job)) {
                wish.rested();
            } else {
                wish.attemptedAgainAt(clock.instant());
            }
        });
    }

    /**
     * That visitors get this certificate, or one that the site signed itself.
     *
     * @throws Conflict when they get the next one, which is not to be taken from them
     */
    public void requireNoOther(JobFacts job) {
        var number = IssueInput.number(job.input());
        rows.served(job.site())
                .map(Certificate::number)
                .filter(served -> served != number)
                .ifPresent(served -> {
                    throw new Conflict(Problem.of("certificate-followed", number, served));
                });
    }

    /**
     * What visitors get, as the host says. That is another one than was written down once somebody's hand has taken the
     * certificate's file, or after the panel's rows were restored from an older state.
     *
     * @param number 0 for one that the site signed itself
     */
    public void shown(long site, int number) {
        var known = rows.served(site);
        if (known.map(Certificate::number).orElse(0) == number) {
            return;
        }
        var now = clock.instant();
        var shown = rows.certificate(site, number).filter(some -> some.chain().isPresent());
        known.ifPresent(lost -> {
            lost.lost(now);
            // Its place is free before the other one takes it.
            entities.flush();
        });
        shown.ifPresent(other -> other.served(now));
        known.ifPresent(lost -> rows.wish(site)
                .orElseThrow()
                .lost(
                        IssuedCertificate.uncovered(
                                shown.map(Certificate::names).orElse(List.of()), lost.names()),
                        Problem.of("certificate-lost", lost.number()),
                        now));
    }

    /** The site signs its own again, by somebody's choice, and so the clock orders nothing. */
    public void withdrawn(JobFacts job) {
        certificate(job).replaced(clock.instant());
        if (rows.served(job.site()).isEmpty()) {
            rows.wish(job.site()).ifPresent(SiteCertificate::rested);
        }
    }

    /** The job that installs what somebody has brought is over. */
    public void broughtOver(JobFacts job) {
        certificate(job).broughtOver();
    }

    /** Somebody looked what comes back through the names, and what visitors get. */
    public void looked(JobFacts job, String report) {
        var check = Optional.ofNullable(entities.find(CertificateCheck.class, job.site()))
                .orElseGet(() -> {
                    var first = new CertificateCheck(job.site());
                    entities.persist(first);
                    return first;
                });
        check.found(report, clock.instant());
    }

    /** A step failed, and says why. */
    public void failed(JobFacts job, BerthException why) {
        var names = IssueInput.names(job.input());
        var toBlame = toBlame(why).stream().filter(names::contains).toList();
        failed(job, why.problem(), authority(why, toBlame, job.targetName()));
        if (!toBlame.isEmpty() && !IssueInput.isTrial(job.input())) {
            var without = IssueInput.without(job.input());
            rows.wish(job.site())
                    .orElseThrow()
                    .blamed(Stream.concat(toBlame.stream(), without.stream())
                            .sorted()
                            .toList());
        }
    }

    private static List<String> toBlame(BerthException why) {
        if (why instanceof UnprovableNames unprovable) {
            return unprovable.names();
        }
        return why instanceof AcmeFailure failure ? failure.names() : List.of();
    }

    /** What is refused for good because of other names than the canonical one goes on without these in the end. */
    private static Optional<AcmeFailure> authority(BerthException why, List<String> toBlame, String canonical) {
        if (!(why instanceof AcmeFailure failure)) {
            return Optional.empty();
        }
        var canGoOn = failure.kind() == AcmeFailure.Kind.LASTING && !toBlame.isEmpty() && !toBlame.contains(canonical);
        return Optional.of(canGoOn ? AcmeFailure.passing(failure.problem()) : failure);
    }

    /** The job is over. */
    public void over(JobFacts job, JobState outcome) {
        if (outcome == JobState.SUCCEEDED) {
            return;
        }
        certificate(job).failed();
        if (IssueInput.isDryRun(job.input())) {
            return;
        }
        var wish = rows.wish(job.site()).orElseThrow();
        if (wish.isCounted(job.id())) {
            return;
        }
        if (outcome != JobState.CANCELLED) {
            failed(job, Problem.of("certificate-job-failed", job.id()), Optional.empty());
        } else if (!IssueInput.isTrial(job.input())) {
            wish.cancelled(IssueInput.due(job.input()), rows.expiry(job.site()), clock.instant());
        }
    }

    private void failed(JobFacts job, Problem problem, Optional<AcmeFailure> authority) {
        authority.ifPresent(failure -> heard(job, failure));
        if (IssueInput.isDryRun(job.input())) {
            // The job says so to whom it concerns, and nothing else was to come of it.
            return;
        }
        var wish = rows.wish(job.site()).orElseThrow();
        if (IssueInput.isTrial(job.input())) {
            wish.trialFailed(job.id(), problem);
        } else if (problem.code().equals(ASKED_IN_VAIN)) {
            wish.trialFailed(job.id(), problem);
            rows.served(job.site()).ifPresent(served -> wish.renewedAt(served.renewAt()));
        } else {
            failed(wish, job, problem, authority);
        }
    }

    private void failed(SiteCertificate wish, JobFacts job, Problem problem, Optional<AcmeFailure> authority) {
        var due = IssueInput.due(job.input());
        var until = authority
                .filter(failure -> failure.kind() == AcmeFailure.Kind.POSTPONED)
                .flatMap(AcmeFailure::notBefore);
        if (due.isPresent() && until.isPresent()) {
            wish.putOffForPeople(job.id(), problem, until.get(), due.get(), clock.instant());
        } else {
            wish.failed(job.id(), problem, authority, rows.expiry(job.site()), clock.instant());
        }
    }

    /**
     * What concerns the authority and not the site alone is kept from other sites' orders for a while. People may ask all
     * the same, and so what they meet with keeps nobody else waiting unless it is about the account.
     */
    private void heard(JobFacts job, AcmeFailure failure) {
        var id = certificate(job).directoryId();
        var now = clock.instant();
        switch (failure.kind()) {
            case ACCOUNT -> rows.lockedDirectory(id).stopped(failure.problem(), now);
            case ACCOUNT_LOST -> forgotten(id);
            case OUTAGE -> {
                if (asker(job) == Asker.CLOCK) {
                    rows.lockedDirectory(id).rests(now, failure.notBefore());
                }
            }
            case PASSING, LASTING, POSTPONED -> {}
        }
    }

    /** First ones that come by themselves are as many as owners make sites, so they are theirs and not the renewals'. */
    private Asker asker(JobFacts job) {
        var isFirst = !IssueInput.isDryRun(job.input())
                && rows.wish(job.site()).filter(SiteCertificate::isAutomatic).isPresent();
        return isFirst ? Asker.OWNER : Asker.of(job.actor());
    }

    private Certificate certificate(JobFacts job) {
        return rows.certificate(job.site(), IssueInput.number(job.input())).orElseThrow();
    }

    /** What visitors get, if an authority would say that this one takes its place. */
    private Optional<Certificate> replaced(JobFacts job, Certificate certificate) {
        return rows.served(job.site())
                .filter(served -> !IssueInput.isDryRun(job.input()))
                .filter(certificate::follows)
                .filter(Certificate::isSound);
    }

    private Optional<PlacedOrder> openOrder(Certificate certificate) {
        return lastOrder(certificate).filter(PlacedOrder::isOpen);
    }

    private Optional<PlacedOrder> lastOrder(Certificate certificate) {
        return entities.createQuery(
                        "select o from PlacedOrder o where o.certificateId = :certificate order by o.id desc",
                        PlacedOrder.class)
                .setParameter("certificate", certificate.id())
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }
}
