package org.berth.certificates;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.berth.audit.AuditTarget;
import org.berth.audit.Audited;
import org.berth.dns.DnsAccesses;
import org.berth.jobs.JobView;
import org.berth.platform.Conflict;
import org.berth.platform.HostIdentity;
import org.berth.platform.InvalidInput;
import org.berth.platform.NotFound;
import org.berth.platform.Page;
import org.berth.platform.PageRequest;
import org.berth.platform.Problem;
import org.berth.security.Actor;
import org.berth.security.Permission;
import org.berth.security.Via;

/**
 * Certificates of sites and of the panel itself, for every interface. A site is named by its id or its canonical name;
 * somebody else's answers like one that does not exist. For administrators {@code panel} is the panel itself; in what
 * follows it counts as a site. Getting one starts a job and returns it at once.
 */
@Stateless
public class Certificates {

    private static final String DOMAIN = "certificate";

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Holders holders;

    @Inject
    private HostIdentity host;

    @Inject
    private CertificateRows rows;

    @Inject
    private CertificateSearch search;

    @Inject
    private CertificateChoices choices;

    @Inject
    private DnsAccesses accesses;

    @Inject
    private CertificateJobs jobs;

    @Inject
    private Clock clock;

    /** What a site has, and how it goes on. */
    public SiteCertificateView find(Actor actor, String site) {
        var found = holders.find(actor, site);
        actor.require(found.permission("read"));
        return view(found);
    }

    /**
     * Certificates of all sites, for administrators, but not of deleted ones. Sortable by site, owner, authority, notAfter,
     * nextAt, failures; filters: attention ({@code true}), authority (name), owner (login).
     */
    public Page<CertificateRow> list(Actor actor, PageRequest page) {
        actor.require(Permission.on(DOMAIN, "list"));
        return search.page(page);
    }

    /**
     * The names of a site may be others than when its certificate was ordered, or could not be; for the clock.
     *
     * @param job that changed the site
     */
    public void renamed(Actor actor, String named, long job) {
        var site = holders.find(actor, named);
        actor.require(site.permission("renew"));
        rows.wish(site.id()).orElseThrow().renamed(rows.served(site.id()), site.names(), job, clock.instant());
    }

    /** How many need somebody's attention, for administrators. */
    public long needingAttention(Actor actor) {
        actor.require(Permission.on(DOMAIN, "list"));
        return search.needingAttention();
    }

    /** Names of the authorities from which a site may have one, the default first. */
    public List<String> authorities(Actor actor, String site) {
        actor.require(holders.find(actor, site).permission("issue"));
        return rows.directories().stream()
                .filter(AcmeDirectory::isReady)
                .map(AcmeDirectory::name)
                .toList();
    }

    /** Names of the ways by which records can be written for a site. */
    public List<String> dnsAccesses(Actor actor, String site) {
        var found = holders.find(actor, site);
        actor.require(found.permission("issue"));
        return accesses.offered(actor, rows.wish(found.id()).flatMap(SiteCertificate::dnsAccess));
    }

    /** Gets a certificate, and has the clock renew it from then on. */
    @Audited("certificate:issue")
    public JobView issue(Actor actor, @AuditTarget String site, CertificateDraft draft) {
        return begin(actor, holders.find(actor, site), draft);
    }

    /** Gets the next certificate now, by what was chosen before. */
    @Audited("certificate:renew")
    public JobView renew(Actor actor, @AuditTarget String site) {
        var found = holders.find(actor, site);
        if (rows.wish(found.id()).flatMap(SiteCertificate::directoryId).isEmpty()) {
            throw new Conflict(Problem.of("certificate-none", found.name()));
        }
        return begin(actor, found, CertificateDraft.AS_BEFORE);
    }

    /**
     * Has visitors get a certificate that somebody has brought. It is not renewed by the clock, but its end is warned of.
     *
     * @throws InvalidInput when nobody could use it, naming the part that is to blame
     */
    @Audited("certificate:upload")
    public JobView upload(Actor actor, @AuditTarget String site, CertificateUpload upload) {
        var found = holders.find(actor, site);
        actor.require(found.permission("upload"));
        var now = clock.instant();
        var brought = BroughtCertificate.of(upload.certificate(), upload.key(), found.names(), now);
        return jobs.install(actor, found, brought, upload.confirmed(), UploadRecipe.TYPE, IssueInput::numberOf);
    }

    /** Looks, without an order, what comes back through the site's names and what visitors get; once at a time. */
    @Audited("certificate:check")
    public JobView check(Actor actor, @AuditTarget String site) {
        var found = holders.find(actor, site);
        actor.require(found.permission("check"));
        var looking = found.activeJob().filter(job -> job.type().equals(CheckRecipe.TYPE));
        if (looking.isPresent()) {
            return looking.get();
        }
        jobs.requireFree(found);
        return jobs.submit(actor, found, CheckRecipe.TYPE, IssueInput.ofNames(found.names()));
    }

    /**
     * Has visitors get the certificate of before again, which the host has kept.
     *
     * @param number of the one that is meant, so that it is no other if visitors get the next one meanwhile; the usual is
     *     whichever it is
     * @param confirmed whether that is wanted though browsers may warn visitors, or lock them out
     */
    @Audited("certificate:return")
    public JobView goBack(Actor actor, @AuditTarget String site, Optional<Integer> number, boolean confirmed) {
        var found = holders.find(actor, site);
        actor.require(found.permission("return"));
        jobs.requireFree(found);
        var before = rows.before(found.id(), clock.instant())
                .orElseThrow(() -> new Conflict(Problem.of("certificate-no-earlier", found.name())));
        number.filter(wanted -> wanted != before.number()).ifPresent(wanted -> {
            throw new Conflict(Problem.of("certificate-not-before", wanted, found.name(), before.number()));
        });
        TrustRule.require(confirmed, rule(found).serves(before.issued()));
        return jobs.submit(actor, found, ReturnRecipe.TYPE, IssueInput.numberOf(before));
    }

    /**
     * Has visitors get a certificate again that was signed by itself, and the clock order none; for administrators.
     *
     * @param confirmed whether that is wanted though browsers may warn visitors, or lock them out
     */
    @Audited("certificate:withdraw")
    public JobView withdraw(Actor actor, @AuditTarget String site, boolean confirmed) {
        var found = holders.find(actor, site);
        actor.require(found.permission("withdraw"));
        jobs.requireFree(found);
        var served = numbered(found, Optional.empty());
        TrustRule.require(confirmed, rule(found).selfSigned());
        return jobs.submit(actor, found, WithdrawRecipe.TYPE, IssueInput.numberOf(served));
    }

    /**
     * A site that has none gets its first one by itself, as one for which nobody has chosen anything.
     *
     * @throws Conflict when it has one, or another job works on it
     */
    @Audited("certificate:await")
    public SiteCertificateView await(Actor actor, @AuditTarget String site) {
        return choose(
                actor,
                site,
                served -> false,
                wish -> wish.awaited(rows.usualDirectory().id(), clock.instant()));
    }

    /**
     * A site that has none, or one that somebody has brought, gets none by itself, until somebody gets it one or has it come
     * by itself again.
     *
     * @throws Conflict when it has one of an authority, or another job works on it
     */
    @Audited("certificate:decline")
    public SiteCertificateView decline(Actor actor, @AuditTarget String site) {
        return choose(actor, site, Certificate::isUploaded, wish -> {
            if (rows.served(wish.siteId()).isPresent()) {
                wish.givenUp();
            } else {
                wish.rested();
            }
        });
    }

    /**
     * Changes how it goes on.
     *
     * @param stays what visitors may get meanwhile
     */
    private SiteCertificateView choose(
            Actor actor, String named, Predicate<Certificate> stays, Consumer<SiteCertificate> choice) {
        var site = holders.site(actor, named);
        actor.require(site.permission("issue"));
        jobs.requireFree(site);
        if (rows.served(site.id()).filter(stays.negate()).isPresent()) {
            var isRenewed = rows.wish(site.id()).flatMap(SiteCertificate::dueAt).isPresent();
            throw new Conflict(
                    Problem.of(isRenewed ? "certificate-there" : "certificate-there-unrenewed", site.name()));
        }
        return CertificateJobs.raced(site, () -> {
            var wish = rows.wish(site.id()).orElseGet(() -> new SiteCertificate(site.id()));
            choice.accept(wish);
            entities.persist(wish);
            entities.flush();
            return view(site);
        });
    }

    /** Has an authority declare a certificate void, for good. */
    @Audited("certificate:revoke")
    public JobView revoke(Actor actor, @AuditTarget String site, Revocation wish) {
        var found = holders.find(actor, site);
        actor.require(found.permission("revoke"));
        jobs.requireIdle(found);
        var certificate = numbered(found, wish.certificate());
        if (certificate.isRevoked()) {
            throw new Conflict(Problem.of("certificate-revoked-already", certificate.number(), found.name()));
        }
        if (!certificate.isRevocable(clock.instant())) {
            throw new Conflict(Problem.of("certificate-not-revocable", certificate.number(), found.name()));
        }
        if (certificate.isServed()) {
            CertificateJobs.requireServing(found);
            if (!wish.next()) {
                TrustRule.require(wish.confirmed(), rule(found).revoked());
            }
        }
        return jobs.submit(
                actor, found, RevokeRecipe.TYPE, RevokeRecipe.input(certificate, wish, certificate.isServed()));
    }

    /**
     * What everybody may have of a certificate: itself and those between it and its authority, in PEM.
     *
     * @param number the usual is the one that visitors get
     */
    public String chain(Actor actor, String site, Optional<Integer> number) {
        var found = holders.find(actor, site);
        actor.require(found.permission("read"));
        return numbered(found, number)
                .chain()
                .orElseThrow(() -> new NotFound(Problem.of("certificate-unknown", number.orElse(0), found.name())));
    }

    private TrustRule rule(Holder site) {
        return new TrustRule(site, rows.trusted(site.id(), clock.instant()));
    }

    private Certificate numbered(Holder site, Optional<Integer> number) {
        return number.map(wanted -> rows.certificate(site.id(), wanted))
                .orElseGet(() -> rows.served(site.id()))
                .orElseThrow(() ->
                        new NotFound(number.map(wanted -> Problem.of("certificate-unknown", wanted, site.name()))
                                .orElseGet(() -> Problem.of("certificate-own", site.name()))));
    }

    private JobView begin(Actor actor, Holder site, CertificateDraft draft) {
        actor.require(site.permission("issue"));
        jobs.requireFree(site);
        site.unorderable().ifPresent(why -> {
            throw new Conflict(why);
        });
        var now = clock.instant();
        var wish = rows.wish(site.id());
        var choice = choices.decide(actor, site, draft, wish);
        var questions = draft.dryRun() ? List.<Problem>of() : choices.questions(actor, site, choice, wish);
        TrustRule.require(draft.confirmed(), questions);
        // Whoever confirms something else has not said that browsers may warn.
        var untrusted = questions.stream().anyMatch(CertificateChoices::isOfTrust);
        var without = without(actor, site, choice, wish, now);
        var names = CertificateChoices.ordered(site.names(), choice, without);
        var isTrial = draft.dryRun()
                || actor.via() != Via.SYSTEM
                        && wish.filter(some -> isKept(some, choice, untrusted)).isPresent();
        if (actor.via() != Via.SYSTEM) {
            requireNothingToInstall(site, draft.dryRun(), choice, wish);
        }
        JsonObject input;
        if (isTrial) {
            var tried = new SiteCertificate(site.id());
            tried.attempted(choice, false, Optional.empty(), now);
            input = IssueInput.ofTrial(CertificateJobs.raced(site, () -> certificate(tried, names)), tried);
        } else {
            // First ones that come by themselves are the owner's as it is, so nothing is taken from the clock by
            // asking.
            var due = wish.filter(some -> actor.via() != Via.SYSTEM && !some.isAutomatic())
                    .flatMap(SiteCertificate::dueAt);
            var wanted = wish.orElseGet(() -> new SiteCertificate(site.id()));
            wanted.attempted(choice, actor.via() == Via.SYSTEM, rows.expiry(site.id()), now);
            input = IssueInput.dueAt(IssueInput.of(stored(site, wanted, names), wanted, without), due);
        }
        return jobs.submit(actor, site, IssueRecipe.TYPE, IssueInput.asked(input, draft.dryRun(), untrusted));
    }

    /**
     * Whether another choice has to prove itself before it takes the place of the one by which the clock renews what visitors
     * get, or of what browsers trust, which they perhaps do not what the other authority issues.
     *
     * @param untrusted whether they need not trust it
     */
    private boolean isKept(SiteCertificate wish, CertificateChoice choice, boolean untrusted) {
        var served = rows.served(wish.siteId());
        var isRenewed = served.isPresent() && wish.dueAt().isPresent();
        return isRenewed && !wish.isGotAs(choice)
                || !untrusted
                        && served.filter(some -> !some.isRevoked() && !some.isOf(choice.directory()))
                                .isPresent()
                        && rows.trusted(wish.siteId(), clock.instant()).isPresent();
    }

    /**
     * The host keeps one key of what is not installed yet, which the next attempt to install it needs. What the clock installs is
     * taken from it by nobody; what somebody has ordered by another choice only by whoever really wants something else.
     */
    private void requireNothingToInstall(
            Holder site, boolean dryRun, CertificateChoice choice, Optional<SiteCertificate> wish) {
        rows.history(site.id()).stream()
                .findFirst()
                .filter(newest -> newest.isInstallable(clock.instant()))
                .ifPresent(newest -> {
                    var renewing = wish.filter(some -> some.failures() > 0 && newest.isFrom(some));
                    if (dryRun || renewing.filter(some -> !some.isGotAs(choice)).isPresent()) {
                        throw new Conflict(Problem.of(
                                renewing.isPresent() ? "certificate-uninstalled" : "certificate-waiting",
                                newest.number(),
                                site.name()));
                    }
                });
    }

    /**
     * Names that the clock orders none for this time: when there is none yet, or once so little life is left that people
     * were told, those that cannot be proven, or that the authority refuses, keep no others from theirs. Never the canonical
     * one; nor others together with it, since then it is not the names that are wrong but
     * perhaps this host's network; nor all that there are. And the next renewal tries all of them again.
     */
    private List<String> without(
            Actor actor, Holder site, CertificateChoice choice, Optional<SiteCertificate> wish, Instant now) {
        var urgent = rows.served(site.id())
                        .flatMap(Certificate::alarmAt)
                        .filter(now::isAfter)
                        .isPresent()
                || wish.filter(SiteCertificate::isAutomatic).isPresent();
        var blamed = wish.map(SiteCertificate::blamed).orElse(List.of());
        if (actor.via() != Via.SYSTEM || blamed.contains(site.name())) {
            return List.of();
        }
        var chosen = wish.map(SiteCertificate::leftOut).orElse(List.of());
        var uncovered = wish.map(SiteCertificate::uncovered).orElse(List.of());
        var wanted = Stream.concat(site.names().stream(), choice.wildcards().stream())
                .filter(name -> !chosen.contains(name))
                .toList();
        var without = wanted.stream()
                .filter(name -> urgent || uncovered.contains(name))
                .filter(name -> blamed.contains(name) && !name.equals(site.name()))
                .sorted()
                .toList();
        return without.size() == wanted.size() ? List.of() : without;
    }

    private Certificate stored(Holder site, SiteCertificate wish, List<String> names) {
        return CertificateJobs.raced(site, () -> {
            entities.persist(wish);
            entities.flush();
            return certificate(wish, names);
        });
    }

    /** The newest one goes on if it is still of use; the host's name for it stays, and so does its key. */
    private Certificate certificate(SiteCertificate wish, List<String> names) {
        var now = clock.instant();
        var newest = rows.history(wish.siteId()).stream().findFirst();
        var usable = newest.filter(last -> last.serves(wish, names, now));
        usable.ifPresent(Certificate::requested);
        var certificate = usable.orElseGet(() -> {
            newest.ifPresent(Certificate::uninstallable);
            var number = jobs.nextNumber(wish.siteId());
            var next = new Certificate(wish, number, names, now);
            entities.persist(next);
            return next;
        });
        entities.flush();
        return certificate;
    }

    private SiteCertificateView view(Holder site) {
        var wish = rows.wish(site.id());
        var served = rows.served(site.id());
        var names = site.names();
        var shown = Optional.of(site)
                .filter(Holder::isPanel)
                .flatMap(panel -> Handshake.with(panel.name(), host.port()))
                .map(ShownCertificate::of);
        var covers = shown.map(ShownCertificate::names)
                .or(() -> served.map(Certificate::names))
                .orElse(List.of());
        return new SiteCertificateView(
                site.id(),
                site.name(),
                served.map(Certificate::view),
                names,
                IssuedCertificate.uncovered(covers, names),
                wish.flatMap(SiteCertificate::directoryId)
                        .map(id -> rows.directory(id).name()),
                wish.map(SiteCertificate::keyType).orElse(KeyType.EC_256),
                wish.map(SiteCertificate::leftOut).orElse(List.of()),
                wish.map(SiteCertificate::challenge).orElse(ChallengeKind.HTTP_01),
                wish.flatMap(SiteCertificate::dnsAccess).map(accesses::name),
                wish.map(SiteCertificate::wildcards).orElse(List.of()),
                Optional.of(site)
                        .filter(some -> !some.isPanel() && served.isEmpty())
                        .map(some -> wish.map(SiteCertificate::isComing).orElse(true)),
                wish.filter(some ->
                                !some.isAutomatic() || rows.directoryForAll().isPresent())
                        .flatMap(SiteCertificate::dueAt),
                wish.map(SiteCertificate::failures).orElse(0),
                served.filter(now -> wish.flatMap(SiteCertificate::dueAt).isEmpty())
                        .flatMap(some -> ending(some, site.name()))
                        .or(() -> served.flatMap(Certificates::doubt)),
                wish.flatMap(SiteCertificate::problem),
                wish.filter(wanted -> CertificateSearch.needsAttention(
                                wanted, served.flatMap(Certificate::alarmAt), clock.instant()))
                        .isPresent(),
                rows.before(site.id(), clock.instant()).map(Certificate::number),
                Optional.ofNullable(entities.find(CertificateCheck.class, site.id()))
                        .map(CertificateCheck::view),
                site.activeJob().filter(job -> job.type().startsWith(DOMAIN + "-")),
                rows.history(site.id()).stream().map(Certificate::view).toList(),
                site.unorderable(),
                shown);
    }

    /** That nobody renews what visitors get, and it is void or little of its life is left. */
    private Optional<Problem> ending(Certificate served, String site) {
        if (served.isRevoked()) {
            return Optional.of(Problem.of("certificate-alarm-void", site));
        }
        return served.alarmAt()
                .filter(alarm -> served.isUploaded() && !clock.instant().isBefore(alarm))
                .flatMap(alarm -> served.notAfter())
                .filter(end -> clock.instant().isBefore(end))
                .map(end -> Problem.of("certificate-ends", end));
    }

    /** Why browsers do not trust what visitors get, or why nobody knows whether they do. */
    private static Optional<Problem> doubt(Certificate served) {
        try {
            return CertificateTrust.doubt(served.issued());
        } catch (Conflict damaged) {
            return Optional.of(damaged.problem());
        }
    }
}
