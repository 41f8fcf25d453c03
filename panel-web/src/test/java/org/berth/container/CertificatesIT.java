package org.berth.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.berth.certificates.AcmeDirectories;
import org.berth.certificates.CertificateDraft;
import org.berth.certificates.CertificateRow;
import org.berth.certificates.CertificateState;
import org.berth.certificates.CertificateUpload;
import org.berth.certificates.CertificateView;
import org.berth.certificates.Certificates;
import org.berth.certificates.DirectoryDraft;
import org.berth.certificates.DirectoryView;
import org.berth.certificates.FoundCertificate;
import org.berth.certificates.FoundCertificates;
import org.berth.certificates.IssueLedger;
import org.berth.certificates.KeyType;
import org.berth.certificates.Revocation;
import org.berth.certificates.RevokeReason;
import org.berth.doctor.Doctor;
import org.berth.fixture.Eventually;
import org.berth.fixture.Fresh;
import org.berth.fixture.Minted;
import org.berth.jobs.JobFacts;
import org.berth.jobs.JobState;
import org.berth.jobs.JobView;
import org.berth.jobs.StepView;
import org.berth.platform.Conflict;
import org.berth.platform.Denied;
import org.berth.platform.HostFailure;
import org.berth.platform.InvalidInput;
import org.berth.platform.NotFound;
import org.berth.platform.PageRequest;
import org.berth.platform.Problem;
import org.berth.security.Actor;
import org.berth.services.Health;
import org.berth.sites.SiteChange;
import org.berth.sites.SitePart;
import org.berth.sites.SiteRepair;
import org.berth.sites.SiteRow;
import org.berth.sites.SiteView;
import org.berth.sites.TlsChange;
import org.berth.sites.WwwChoice;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A certificate")
class CertificatesIT extends WithinPanel {

    private static final String LIVE = "/etc/letsencrypt/live/";
    private static final Minted AUTHORITY = Minted.root("Root").authority("Between");

    @Inject
    private Certificates certificates;

    @Inject
    private FoundCertificates found;

    @Inject
    private AcmeDirectories directories;

    @Inject
    private IssueLedger ledger;

    @Inject
    private Health health;

    @Inject
    private Doctor doctor;

    @Inject
    private SiteRepair repair;

    @Test
    void isNotOrderedFromAnAuthorityWhoseTermsNobodyAgreedTo() {
        var alice = owner("alice");
        var site = site(alice);
        var strange = authority(false);
        assertThat(refusal(Conflict.class, () -> certificates.issue(alice, site.name(), from(strange))))
                .isEqualTo(Problem.of("authority-not-ready", strange.name()).at("authority"));
        assertThat(certificates.find(alice, site.name()).history()).isEmpty();
        assertThat(refusal(Conflict.class, () -> certificates.renew(alice, site.name())))
                .isEqualTo(Problem.of("certificate-none", site.name()));
    }

    @Test
    void isTheOwnersAndTheAdministrators() {
        var alice = owner("alice");
        var bob = owner("bob");
        var site = site(alice);
        assertThat(refusal(NotFound.class, () -> certificates.find(bob, site.name()))
                        .code())
                .isEqualTo("site-unknown");
        assertThat(refusal(NotFound.class, () -> certificates.issue(bob, site.name(), CertificateDraft.AS_BEFORE))
                        .code())
                .isEqualTo("site-unknown");
        assertThat(refusal(Denied.class, () -> certificates.list(alice, PageRequest.first(10)))
                        .code())
                .isEqualTo("denied");
        assertThat(refusal(Denied.class, () -> directories.list(alice)).code()).isEqualTo("denied");
        assertThat(certificates.find(administrator(), site.name()).uncovered())
                .containsExactly(site.name(), "www." + site.name());
    }

    @Test
    void forNamesThatLeadElsewhereIsNotOrderedAndTriedAgainByTheClock() {
        var alice = owner("alice");
        var site = site(alice);
        var authority = authority(true);
        var failed = over(certificates.issue(alice, site.name(), from(authority)));
        assertThat(failed.state()).isEqualTo(JobState.UNDONE);
        assertThat(failed.problem()).map(Problem::code).contains("certificate-names-elsewhere");
        assertThat(Verbs.of(alice).calls())
                .filteredOn(call -> call.startsWith("acme-challenge"))
                .satisfiesExactly(
                        call -> assertThat(call).contains("\"present\":true"),
                        call -> assertThat(call).contains("\"present\":false"));
        var view = certificates.find(alice, site.name());
        assertThat(view.failures()).isEqualTo(1);
        assertThat(view.attention()).isFalse();
        assertThat(view.problem()).isEqualTo(failed.problem());
        assertThat(rows.number(
                        "select timestampdiff(minute, utc_timestamp(), due_at) from site_certificate"
                                + " where site_id = ?",
                        site.id()))
                .isBetween(8L, 10L);
        assertThat(rows.number(
                        "select count(*) from acme_order o join certificate c on c.id = o.certificate_id"
                                + " where c.site_id = ?",
                        site.id()))
                .isZero();

        due(site.id());
        sweep("certificate-renewals");
        over(newestJob(site.id()));
        var again = certificates.find(alice, site.name());
        assertThat(again.failures()).isEqualTo(2);
        assertThat(again.attention()).isTrue();
        // Goes on with the one that was begun.
        assertThat(again.history()).extracting(CertificateView::number).containsExactly(1);
        assertThat(again.history()).extracting(CertificateView::state).containsExactly(CertificateState.FAILED);
        var attention = new PageRequest(0, 100, "nextAt", true, site.name(), Map.of("attention", "true"));
        assertThat(certificates.list(Actor.ROOT, attention).rows())
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.siteId()).isEqualTo(site.id());
                    assertThat(row.authority()).contains(authority.name());
                    assertThat(row.attention()).isTrue();
                });
        Eventually.holds(
                "somebody is told",
                () -> health.view(Actor.ROOT).reasons().stream()
                        .anyMatch(reason -> reason.code().equals("health-certificates")));
    }

    @Test
    void thatMayNotBeRenewedDoesNotKeepOthersFromIt() {
        var alice = owner("alice");
        var authority = authority(true);
        var refused = Stream.generate(() -> site(alice)).limit(8).toList();
        refused.forEach(site -> over(certificates.issue(alice, site.name(), from(authority))));
        var good = site(alice);
        over(certificates.issue(alice, good.name(), from(authority)));
        refused.forEach(site -> rows.change(
                "update site_certificate set left_out = ?, due_at = '2020-01-01' where site_id = ?",
                "[\"" + site.name() + "\", \"www." + site.name() + "\"]",
                site.id()));
        // One that cannot even be read.
        var broken = refused.get(0).id();
        rows.change("update site_certificate set left_out = '[]' where site_id = ?", broken);
        keyType("BROKEN", broken);
        due(good.id());
        turn(good);
        keyType("EC_256", broken);
        assertThat(certificates.find(alice, refused.get(0).name()).problem())
                .map(Problem::code)
                .contains("job-bug");
        var view = certificates.find(alice, refused.get(1).name());
        assertThat(view.failures()).isEqualTo(2);
        assertThat(view.problem()).map(Problem::code).contains("certificate-left-out-all");
        assertThat(view.attention()).isTrue();
        assertThat(rows.number("select failures from site_certificate where site_id = ?", broken))
                .isEqualTo(2);
    }

    @Test
    void ofWhichTheTimesWereWrittenByAClockThatWasAheadIsRenewedAllTheSame() {
        var alice = owner("alice");
        var site = site(alice);
        over(certificates.issue(alice, site.name(), from(authority(true))));
        rows.change(
                "update site_certificate set due_at = utc_timestamp(6) + interval 1 year where site_id = ?", site.id());
        turn(site);
        assertThat(certificates.find(alice, site.name()).nextAt())
                .hasValueSatisfying(
                        then -> assertThat(then).isBefore(Instant.now().plus(Duration.ofHours(1))));
    }

    @Test
    void isOrderedForTheClockHoweverManyOwnersOrder() {
        var alice = owner("alice");
        var site = site(alice);
        over(certificates.issue(alice, site.name(), from(authority(true))));
        orders(20, "OWNER", site.id());
        assertThat(refusal(HostFailure.class, () -> ledger.intend(order(site, alice)))
                        .code())
                .isEqualTo("acme-budget");
        ledger.intend(order(site, Actor.SYSTEM));
        // Of another owner, who is not to blame.
        var bob = owner("bob");
        var other = site(bob);
        over(certificates.issue(bob, other.name(), from(authority(true))));
        ledger.intend(order(other, bob));
    }

    @Test
    void ofWhichManySetsWereOrderedAndGivenUpRests() {
        var alice = owner("alice");
        var site = site(alice);
        over(certificates.issue(alice, site.name(), from(authority(true))));
        for (var times = 0; times < 4; times++) {
            ledger.intend(order(site, administrator()));
        }
        assertThat(refusal(HostFailure.class, () -> ledger.intend(order(site, administrator())))
                        .code())
                .isEqualTo("acme-budget");
    }

    @Test
    void thatLivesForHoursIsOrderedByTheClockHoweverOftenAndByPeopleFourTimesAWeek() {
        var alice = owner("alice");
        var site = site(alice);
        over(certificates.issue(alice, site.name(), from(authority(true))));
        ledger.intend(order(site, Actor.SYSTEM));
        orders(20, "CLOCK", site.id());
        haveGivenCertificatesForItsNames(site.id());
        ledger.intend(order(site, Actor.SYSTEM));
        ledger.intend(order(site, administrator()));
        orders(4, "OWNER", site.id());
        haveGivenCertificatesForItsNames(site.id());
        assertThat(refusal(HostFailure.class, () -> ledger.intend(order(site, administrator())))
                        .code())
                .isEqualTo("acme-budget");
        ledger.intend(order(site, Actor.SYSTEM));
    }

    /** Limits for people are not the clock's, which is to replace what is void or has failed. */
    @Test
    void thatIsDueIsNotPutOffBySomebodyWhoOrdersInVain() {
        var alice = owner("alice");
        var site = site(alice);
        var authority = authority(true);
        over(certificates.issue(alice, site.name(), from(authority)));
        orders(20, "OWNER", site.id());
        due(site.id());
        var due = certificates.find(alice, site.name()).nextAt().orElseThrow();
        refusedForPeople(site, over(certificates.renew(alice, site.name())), alice);
        assertThat(certificates.find(alice, site.name()).nextAt()).contains(due);
        assertThat(rows.number(
                        "select count(*) from site_certificate where site_id = ? and put_off_at is null", site.id()))
                .isOne();
        turn(site);
        // Nor by the next one, who is not the first to be told so.
        due(site.id());
        var again = certificates.find(alice, site.name()).nextAt().orElseThrow();
        refusedForPeople(site, over(certificates.renew(alice, site.name())), alice);
        refusedForPeople(site, over(certificates.renew(alice, site.name())), alice);
        assertThat(certificates.find(alice, site.name()).nextAt()).contains(again);
        // A first one that comes by itself is the owner's either way.
        rows.change("update site_certificate set automatic = true where site_id = ?", site.id());
        due(site.id());
        refusedForPeople(site, over(certificates.issue(alice, site.name(), from(authority))), alice);
        assertThat(certificates.find(alice, site.name()).nextAt())
                .hasValueSatisfying(then -> assertThat(then).isAfter(Instant.now()));
    }

    /** As if its names had led here, and the limits had left no room. */
    private void refusedForPeople(SiteView site, JobView job, Actor actor) {
        var facts = order(site, actor, job);
        var why = catchThrowableOfType(HostFailure.class, () -> ledger.intend(facts));
        assertThat(why.problem().code()).isEqualTo("acme-budget");
        ledger.failed(facts, why);
    }

    @Test
    void isNewForARegisteredDomainAsOftenAsAuthoritiesTakeThatWhileWhatIsThereIsRenewed() {
        var alice = owner("alice");
        var authority = authority(true);
        var first = site(alice);
        var below = site(alice, "shop." + first.name());
        List.of(first, below).forEach(site -> over(certificates.issue(alice, site.name(), from(authority))));
        ledger.intend(order(first, Actor.SYSTEM));
        orders(44, "ADMINISTRATOR", first.id());
        haveBeenFor(first.name(), authority);
        assertThat(ordersFor(first.name())).isEqualTo(45);
        var admin = administrator();
        waits(order(below, admin));
        // What failed gave no certificate.
        rows.change(
                "update acme_order set state = 'FAILED' where directory_id = ? order by id desc limit 1",
                authority.id());
        ledger.intend(order(below, admin));
        waits(order(below, admin));
        // One of the clock for other names takes the place of what visitors get: it is counted, and the authority
        // decides.
        upload(alice, below.name());
        issuedBy(authority, below.id());
        rows.change(
                "update certificate set names = ? where site_id = ? and number = 1",
                "[\"" + below.name() + "\",\"www." + below.name() + "\"]",
                below.id());
        // People, who may want as many as they like, wait.
        waits(order(below, alice));
        waits(order(below, admin));
        // And so does the clock before that one is due, as for an alias more.
        waits(order(below, Actor.SYSTEM));
        lives(below, 90);
        rows.change(
                "update certificate set not_before = not_before - interval 80 day, not_after = not_after - interval 80 day"
                        + " where site_id = ? and served_site_id is not null",
                below.id());
        ledger.intend(order(below, Actor.SYSTEM));
        assertThat(ordersFor(first.name())).isEqualTo(47);
        // One for the same names is no new one.
        rows.change(
                "update certificate set names = ? where site_id = ? and number = 1",
                "[\"" + below.name() + "\"]",
                below.id());
        ledger.intend(order(below, Actor.SYSTEM));
        assertThat(ordersFor(first.name())).isEqualTo(47);
        // Unless the one before is somebody's own.
        rows.change("update certificate set directory_id = null where site_id = ? and number = 2", below.id());
        waits(order(below, admin));
    }

    @Test
    void isNewForARegisteredDomainOnlySoOftenForOneOwnerThatOthersHaveTheirs() {
        var alice = owner("alice");
        var bob = owner("bob");
        var authority = authority(true);
        var hers = site(alice);
        var his = site(bob);
        over(certificates.issue(alice, hers.name(), from(authority)));
        over(certificates.issue(bob, his.name(), from(authority)));
        orders(20, "ADMINISTRATOR", hers.id());
        // As if both sites were below both domains.
        List.of(hers, his).forEach(site -> haveBeenFor(site.name(), authority));
        waits(order(hers, alice));
        waits(order(hers, Actor.SYSTEM));
        ledger.intend(order(his, bob));
        ledger.intend(order(hers, administrator()));
    }

    @Test
    void isKeptWaitingForADayByOrdersForItsDomainThatWereGivenUp() {
        var alice = owner("alice");
        var admin = administrator();
        var authority = authority(true);
        var first = site(alice);
        var below = site(alice, "shop." + first.name());
        List.of(first, below).forEach(site -> over(certificates.issue(alice, site.name(), from(authority))));
        ledger.intend(order(first, admin));
        orders(44, "ADMINISTRATOR", first.id());
        haveBeenFor(first.name(), authority);
        waits(order(below, admin));
        rows.change(
                "update acme_order set made_at = made_at - interval 25 hour where directory_id = ?", authority.id());
        ledger.intend(order(below, admin));
        // What has given a certificate counts for the week.
        waits(order(below, admin));
    }

    @Test
    void isNewForARegisteredDomainNotOnceTooOftenAlsoWhenManyAreOrderedAtTheSameMoment() throws InterruptedException {
        var alice = owner("alice");
        var admin = administrator();
        var authority = authority(true);
        var first = site(alice);
        var eight = Stream.iterate(1, number -> number + 1)
                .map(number -> site(alice, "shop" + number + "." + first.name()))
                .limit(8)
                .toList();
        Stream.concat(Stream.of(first), eight.stream())
                .forEach(site -> over(certificates.issue(alice, site.name(), from(authority))));
        orders(44, "ADMINISTRATOR", first.id());
        haveBeenFor(first.name(), authority);
        var ordering = eight.stream()
                .map(site -> (Callable<Long>) () -> ledger.intend(order(site, admin)))
                .toList();
        assertThat(atOnce(ordering)).filteredOn(Long.class::isInstance).hasSize(1);
        assertThat(ordersFor(first.name())).isEqualTo(45);
    }

    private void waits(JobFacts job) {
        assertThat(refusal(HostFailure.class, () -> ledger.intend(job)).code()).startsWith("acme-budget");
    }

    /** As if all orders at an authority had been for new certificates of a registered domain. */
    private void haveBeenFor(String domain, DirectoryView authority) {
        rows.change(
                "insert ignore into order_domain select o.id, ? from acme_order o where o.directory_id = ?",
                domain,
                authority.id());
    }

    private long ordersFor(String domain) {
        return rows.number("select count(*) from order_domain where domain = ?", domain);
    }

    private void haveGivenCertificatesForItsNames(long site) {
        var digest = rows.value(
                "select o.names_digest from acme_order o join certificate c on c.id = o.certificate_id"
                        + " where c.site_id = ? order by o.id limit 1",
                site);
        rows.change(
                "update acme_order o join certificate c on c.id = o.certificate_id"
                        + " set o.state = 'DONE', o.names_digest = ? where c.site_id = ?",
                digest,
                site);
    }

    /** As if orders had been made and had given certificates. */
    private void orders(int count, String askedBy, long site) {
        for (var times = 0; times < count; times++) {
            rows.change(
                    "insert into acme_order (directory_id, certificate_id, names_digest, tokens, state, asked_by, made_at)"
                            + " select directory_id, id, sha2(rand(), 256), '[]', 'DONE', ?, utc_timestamp(6)"
                            + " from certificate where site_id = ? and directory_id is not null",
                    askedBy,
                    site);
        }
    }

    private static JobFacts order(SiteView site, Actor actor) {
        return new JobFacts(
                0,
                "certificate-issue",
                Optional.of(site.id()),
                site.ownerId(),
                site.name(),
                actor,
                Json.createObjectBuilder().add("certificate", 1).build());
    }

    private JobFacts order(SiteView site, Actor actor, JobView job) {
        try (var input =
                Json.createReader(new StringReader(rows.value("select input from job where id = ?", job.id())))) {
            return new JobFacts(
                    job.id(),
                    job.type(),
                    Optional.of(site.id()),
                    site.ownerId(),
                    site.name(),
                    actor,
                    input.readObject());
        }
    }

    @Test
    void isNotAskedForWhileItsAuthorityRestsAndThenForOneSiteFirst() {
        var alice = owner("alice");
        var authority = authority(true);
        var two = List.of(site(alice), site(alice));
        two.forEach(site -> over(certificates.issue(alice, site.name(), from(authority))));
        var before = two.stream().map(site -> newestJob(site.id()).id()).toList();
        two.forEach(site -> due(site.id()));
        rows.change(
                "update acme_directory set outages = 1, rests_until = utc_timestamp(6) + interval 5 minute where id = ?",
                authority.id());
        sweep("certificate-renewals");
        assertThat(two).map(site -> newestJob(site.id()).id()).isEqualTo(before);
        rows.change("update acme_directory set rests_until = utc_timestamp(6) where id = ?", authority.id());
        Eventually.holds("one has its turn", () -> {
            sweep("certificate-renewals");
            return !two.stream().map(site -> newestJob(site.id()).id()).toList().equals(before);
        });
        assertThat(two.stream().map(site -> newestJob(site.id()).id()).filter(before::contains))
                .hasSize(1);
    }

    @Test
    void isTriedAgainAsSoonAsItsAuthorityIsSeenTo() {
        var alice = owner("alice");
        var site = site(alice);
        var authority = authority(true);
        over(certificates.issue(alice, site.name(), from(authority)));
        // As after an answer that does not change by itself, about the site and about the account.
        rows.change("update site_certificate set due_at = null where site_id = ?", site.id());
        rows.change(
                "update acme_directory set account_url = 'https://acme.example/1', problem_code = 'acme-refused',"
                        + " problem_args = '[\"acme.example\", \"userActionRequired\", \"terms\"]', outages = 1,"
                        + " rests_until = utc_timestamp(6) + interval 1 day where id = ?",
                authority.id());
        ledger.intend(order(site, Actor.SYSTEM));
        assertThat(directories.find(Actor.ROOT, authority.name()).problem())
                .map(Problem::code)
                .contains("acme-refused");
        Eventually.holds(
                "somebody is told",
                () -> health.view(Actor.ROOT).reasons().contains(Problem.of("health-authority", authority.name())));
        var administrator = accountWithPassword();
        rows.change(
                "update account set role = 'ADMINISTRATOR' where id = ?",
                administrator.actor().accountId());
        var browser = Visitor.withBrowser();
        browser.logIn(administrator.actor().name(), administrator.password());
        assertThat(browser.get("/authorities").body()).contains("data-test=\"stopped\"");
        assertThat(browser.get("/authorities/" + authority.id()).body()).contains("data-code=\"acme-refused\"");
        assertThat(directories
                        .update(Actor.ROOT, authority.name(), draft(authority.name(), true, "", ""))
                        .problem())
                .isEmpty();
        assertThat(certificates.find(alice, site.name()).nextAt())
                .hasValueSatisfying(then -> assertThat(then).isBeforeOrEqualTo(Instant.now()));
        assertThat(orderState(site.id())).isEqualTo("OPEN");
        // At another address no order of before can be gone on with.
        var moved = new DirectoryDraft(
                authority.name(),
                "https://acme.example/elsewhere",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true,
                Optional.of(true),
                Optional.empty(),
                Optional.empty());
        directories.update(Actor.ROOT, authority.name(), moved);
        assertThat(orderState(site.id())).isEqualTo("FAILED");
    }

    @Test
    void isTriedAgainWithANewAccountInPlaceOfOneThatWasClosed() {
        var alice = owner("alice");
        var site = site(alice);
        var authority = authority(true);
        over(certificates.issue(alice, site.name(), from(authority)));
        rows.change(
                "update acme_directory set account_url = 'https://acme.example/1', problem_code = 'acme-closed',"
                        + " problem_args = '[\"acme.example\", \"deactivated\"]', outages = 1,"
                        + " rests_until = utc_timestamp(6) + interval 1 day where id = ?",
                authority.id());
        rows.change(
                "update site_certificate set failures = 1, due_at = utc_timestamp(6) + interval 1 day where site_id = ?",
                site.id());
        ledger.intend(order(site, Actor.SYSTEM));
        var key = rows.value("select account_key from acme_directory where id = ?", authority.id());
        var administrator = accountWithPassword();
        rows.change(
                "update account set role = 'ADMINISTRATOR' where id = ?",
                administrator.actor().accountId());
        var browser = Visitor.withBrowser();
        browser.logIn(administrator.actor().name(), administrator.password());
        assertThat(browser.get("/authorities/" + authority.id()).body())
                .contains("data-code=\"acme-closed\"", "data-test=\"renew-account-open\"");
        assertThat(refusal(Denied.class, () -> directories.renewAccount(alice, authority.name()))
                        .code())
                .isEqualTo("denied");
        var renewed = directories.renewAccount(Actor.ROOT, authority.name());
        assertThat(renewed.account()).isEmpty();
        assertThat(renewed.problem()).isEmpty();
        assertThat(rows.value("select account_key from acme_directory where id = ?", authority.id()))
                .isNotEqualTo(key);
        assertThat(orderState(site.id())).isEqualTo("FAILED");
        assertThat(certificates.find(alice, site.name()).nextAt())
                .hasValueSatisfying(then -> assertThat(then).isBeforeOrEqualTo(Instant.now()));
        assertThat(browser.get("/authorities/" + authority.id()).body()).doesNotContain("renew-account-open");
    }

    @Test
    void isNotAskedForBeforeTheAuthoritySaysSo() {
        var alice = owner("alice");
        var site = site(alice);
        over(certificates.issue(alice, site.name(), from(authority(true))));
        var before = newestJob(site.id()).id();
        rows.change(
                "update site_certificate set failures = 3, problem_code = 'acme-rate-limited', problem_args = '[]',"
                        + " due_at = utc_timestamp(6) + interval 3 day where site_id = ?",
                site.id());
        sweep("certificate-renewals");
        assertThat(newestJob(site.id()).id()).isEqualTo(before);
        // Nobody says so for longer than a week.
        rows.change(
                "update site_certificate set due_at = utc_timestamp(6) + interval 8 day where site_id = ?", site.id());
        Eventually.holds("the clock was wrong", () -> {
            sweep("certificate-renewals");
            return newestJob(site.id()).id() != before;
        });
    }

    private String orderState(long site) {
        return rows.value(
                "select o.state from acme_order o join certificate c on c.id = o.certificate_id where c.site_id = ?",
                site);
    }

    @Test
    void thatTheHostWillNeverTakeIsNotTriedAgain() {
        var alice = owner("alice");
        var site = site(alice);
        var authority = authority(true);
        over(certificates.issue(alice, site.name(), from(authority)));
        // As if it had been issued.
        rows.change(
                "update certificate set state = 'ISSUED', chain = ?, fingerprint = sha2('x', 256), issuer = 'x',"
                        + " not_before = utc_timestamp(6), not_after = utc_timestamp(6) + interval 90 day where site_id = ?",
                Minted.selfSigned(site.name()).pem(),
                site.id());
        Verbs.of(alice).fail("certificate-install");
        over(certificates.renew(alice, site.name()));
        assertThat(certificates.find(alice, site.name()).history())
                .extracting(CertificateView::state)
                .containsExactly(CertificateState.ISSUED);
        Verbs.of(alice).refuse("certificate-install");
        over(certificates.renew(alice, site.name()));
        assertThat(certificates.find(alice, site.name()).history())
                .extracting(CertificateView::state)
                .containsExactly(CertificateState.FAILED);
        over(certificates.renew(alice, site.name()));
        assertThat(certificates.find(alice, site.name()).history())
                .extracting(CertificateView::number)
                .containsExactly(2, 1);
    }

    @Test
    void ofLongAgoIsForgottenAndWithItsSite() {
        var alice = owner("alice");
        var site = site(alice);
        upload(alice, site.name());
        for (var number = 2; number <= 25; number++) {
            rows.change(
                    "insert into certificate (site_id, number, directory_id, state, names, key_type, created_at)"
                            + " values (?, ?, (select min(id) from acme_directory), 'FAILED', '[]', 'EC_256',"
                            + " utc_timestamp(6))",
                    site.id(),
                    number);
        }
        orders(1, "CLOCK", site.id());
        rows.change(
                "insert into order_domain select o.id, ? from acme_order o join certificate c on c.id = o.certificate_id"
                        + " where c.site_id = ?",
                site.name(),
                site.id());
        rows.change("update acme_order o join certificate c on c.id = o.certificate_id"
                + " set o.made_at = utc_timestamp(6) - interval 9 day where c.site_id = " + site.id()
                + " and c.number > 2");
        sweep("certificate-history");
        assertThat(ordersFor(site.name())).isEqualTo(1);
        // What is served stays, and what an order is still counted for.
        assertThat(rows.values("select number from certificate where site_id = ? order by number", site.id()))
                .startsWith("1", "2", "6")
                .endsWith("25")
                .hasSize(22);
        rows.change("update site set state = 'REMOVED' where id = ?", site.id());
        sweep("certificate-history");
        assertThat(rows.values("select number from certificate where site_id = ? order by number", site.id()))
                .containsExactly("2");
        assertThat(rows.number("select count(*) from site_certificate where site_id = ?", site.id()))
                .isZero();
    }

    @Test
    void thatIsNotForANewNameIsOrderedAnewAtOnce() {
        var alice = owner("alice");
        var site = site(alice);
        var authority = authority(true);
        over(certificates.issue(alice, site.name(), from(authority)));
        var brought = Minted.selfSigned(site.name(), "www." + site.name());
        over(certificates.upload(alice, site.name(), new CertificateUpload(brought.pem(), brought.key(), false)));
        // As if it had come from the authority.
        rows.change("update certificate set directory_id = ? where site_id = ?", authority.id(), site.id());
        rows.change(
                "update site_certificate set due_at = utc_timestamp(6) + interval 30 day where site_id = ?", site.id());
        sweep("certificate-renewals");
        assertThat(certificates.find(alice, site.name()).attention()).isFalse();
        var alias = Fresh.siteName("alias");
        over(sites.update(
                alice, site.name(), new SiteChange(Optional.empty(), Optional.empty(), Optional.of(List.of(alias)))));
        Eventually.holds("it has its turn", () -> {
            sweep("certificate-renewals");
            return newestJob(site.id()).type().equals("certificate-issue");
        });
        var failed = over(newestJob(site.id()));
        assertThat(failed.problem()).map(Problem::args).asString().contains(alias);
        var view = certificates.find(alice, site.name());
        assertThat(view.attention()).isTrue();
        assertThat(view.history().get(0).names()).contains(alias);
        // Until it can be, that is tried as seldom as anything that fails.
        sweep("certificate-renewals");
        assertThat(newestJob(site.id()).id()).isEqualTo(failed.id());
        var listed = new PageRequest(0, 100, "site", true, site.name(), Map.of("attention", "true"));
        assertThat(certificates.list(Actor.ROOT, listed).rows())
                .singleElement()
                .satisfies(row -> assertThat(row.uncovered()).contains(alias));
        // What its names kept from being renewed is tried again as soon as they are others, whatever was waited for.
        rows.change(
                "update site_certificate set due_at = utc_timestamp(6) + interval 6 day, lasting = true where site_id = ?",
                site.id());
        over(sites.update(
                alice, site.name(), new SiteChange(Optional.empty(), Optional.empty(), Optional.of(List.of()))));
        Eventually.holds("it has its turn again", () -> {
            sweep("certificate-renewals");
            return newestJob(site.id()).type().equals("certificate-issue");
        });
        over(newestJob(site.id()));
        assertThat(certificates.find(alice, site.name()).history().get(0).names())
                .doesNotContain(alias);
    }

    @Test
    void thatRenewsWellIsReplacedByAnotherChoiceOnlyOnceThatHasGivenOne() {
        var alice = owner("alice");
        var site = site(alice);
        var name = site.name();
        var good = authority(true);
        var other = authority(true);
        over(certificates.issue(alice, name, from(good)));
        upload(alice, name);
        // As if it had come from the authority.
        rows.change("update certificate set directory_id = ? where site_id = ?", good.id(), site.id());
        rows.change(
                "update site_certificate set due_at = utc_timestamp(6) + interval 30 day where site_id = ?", site.id());
        var before = certificates.find(alice, name);
        var another = new CertificateDraft(Optional.of(other.name()), Optional.of(KeyType.RSA_4096), Optional.empty());
        var failed = over(certificates.issue(alice, name, another));
        var after = certificates.find(alice, name);
        assertThat(after.authority()).contains(good.name());
        assertThat(after.keyType()).isEqualTo(KeyType.EC_256);
        assertThat(after.nextAt()).isEqualTo(before.nextAt());
        assertThat(after.failures()).isZero();
        assertThat(after.problem()).isEqualTo(failed.problem());
        // That is told for some days, and is found in the history of jobs from then on.
        sweep("certificate-history");
        assertThat(certificates.find(alice, name).problem()).isEqualTo(failed.problem());
        rows.change("update job set finished_at = finished_at - interval 4 day where id = ?", failed.id());
        sweep("certificate-history");
        assertThat(certificates.find(alice, name).problem()).isEmpty();
        assertThat(jobs.find(alice, failed.id()).problem()).isEqualTo(failed.problem());
        // As if it had succeeded.
        rows.change(
                "update certificate set state = 'ISSUED', chain = ?, fingerprint = sha2('x', 256), issuer = 'x',"
                        + " not_before = utc_timestamp(6), not_after = utc_timestamp(6) + interval 90 day"
                        + " where site_id = ? and directory_id = ?",
                Minted.selfSigned(name, "www." + name).pem(),
                site.id(),
                other.id());
        var job = order(site, alice, failed);
        var input = job.input();
        orders(20, "OWNER", site.id());
        // The clock does not order it later.
        assertThat(refusal(HostFailure.class, () -> ledger.intend(job)).code()).isEqualTo("acme-budget-asked");
        ledger.served(job);
        var kept = certificates.find(alice, name);
        assertThat(kept.authority()).contains(other.name());
        assertThat(kept.keyType()).isEqualTo(KeyType.RSA_4096);
        assertThat(kept.problem()).isEmpty();
        // Nor does what somebody asks for in vain have a good one replaced the sooner.
        var again = new JobFacts(
                failed.id(),
                "certificate-issue",
                Optional.of(site.id()),
                site.ownerId(),
                name,
                alice,
                Json.createObjectBuilder(input).remove("tried").build());
        var vain = catchThrowableOfType(HostFailure.class, () -> ledger.intend(again));
        assertThat(vain.problem().code()).isEqualTo("acme-budget-asked");
        rows.change(
                "update site_certificate set due_at = utc_timestamp(6) + interval 1 day where site_id = ?", site.id());
        ledger.failed(again, vain);
        assertThat(certificates.find(alice, name).nextAt()).isEqualTo(kept.nextAt());
        assertThat(certificates.find(alice, name).failures()).isZero();
        // What failed, or is void, the clock does not leave for that either.
        due(site.id());
        turn(site);
        var failing = certificates.find(alice, name);
        assertThat(failing.failures()).isOne();
        over(certificates.issue(alice, name, from(good)));
        rows.change(
                "update certificate set state = 'REVOKED' where site_id = ? and served_site_id is not null", site.id());
        over(certificates.issue(alice, name, from(good)));
        assertThat(certificates.find(alice, name).authority()).isEqualTo(failing.authority());
        assertThat(certificates.find(alice, name).nextAt()).isEqualTo(failing.nextAt());
    }

    @Test
    void thatCannotBeGotIsToldForAsLongAsThatIsSo() {
        var alice = owner("alice");
        var site = site(alice);
        var failed = over(certificates.issue(alice, site.name(), from(authority(true))));
        rows.change("update job set finished_at = finished_at - interval 4 day where id = ?", failed.id());
        sweep("certificate-history");
        assertThat(certificates.find(alice, site.name()).problem()).isEqualTo(failed.problem());
        // Nor is what could not begin for days a matter of the past.
        rows.change(
                "update site_certificate set failures = 0, put_off_at = utc_timestamp(6) where site_id = ?", site.id());
        sweep("certificate-history");
        assertThat(certificates.find(alice, site.name()).problem()).isEqualTo(failed.problem());
        // Nor that the host has lost what visitors got.
        rows.change(
                "update site_certificate set put_off_at = null, problem_code = 'certificate-lost',"
                        + " problem_args = '[\"2\"]' where site_id = ?",
                site.id());
        sweep("certificate-history");
        assertThat(certificates.find(alice, site.name()).problem())
                .map(Problem::code)
                .contains("certificate-lost");
    }

    @Test
    void isFoundByItsAuthorityUnlessItWasBroughtAndThePanelsByItsName() {
        var alice = owner("alice");
        var site = site(alice);
        var authority = authority(true);
        over(certificates.issue(alice, site.name(), from(authority)));
        assertThat(listed(site, Map.of("authority", authority.name()))).hasSize(1);
        upload(alice, site.name());
        assertThat(listed(site, Map.of("authority", authority.name()))).isEmpty();
        assertThat(listed(site, Map.of())).hasSize(1);
        var named = certificates.find(Actor.ROOT, "panel").siteName();
        var found = certificates.list(Actor.ROOT, new PageRequest(0, 100, "site", true, named, Map.of()));
        assertThat(found.rows()).extracting(CertificateRow::siteId).contains(0L);
    }

    @Test
    void thatCannotBeGotForGoodIsTriedSeldomAndAtOnceWhenItsSiteHasOtherNames() {
        var alice = owner("alice");
        var site = site(alice);
        over(certificates.issue(alice, site.name(), from(authority(true))));
        // As after a refusal for good: visitors get one that the site signed itself.
        rows.change(
                "update site_certificate set due_at = utc_timestamp(6) + interval 6 day, lasting = true where site_id = ?",
                site.id());
        var before = newestJob(site.id()).id();
        sweep("certificate-renewals");
        assertThat(newestJob(site.id()).id()).isEqualTo(before);
        assertThat(certificates.find(alice, site.name()).attention()).isTrue();
        assertThat(listed(site, Map.of("attention", "true"))).hasSize(1);
        // Of what has nothing to do with its names there is nothing to hope.
        var forced = new TlsChange(Optional.of(true), Optional.empty(), Optional.empty(), true);
        var other = over(sites.update(alice, site.name(), SiteChange.of(forced)));
        assertThat(other.state()).isEqualTo(JobState.SUCCEEDED);
        sweep("certificate-renewals");
        assertThat(newestJob(site.id()).id()).isEqualTo(other.id());
        over(sites.update(
                alice,
                site.name(),
                new SiteChange(Optional.empty(), Optional.empty(), Optional.of(List.of(Fresh.siteName("alias"))))));
        Eventually.holds("it has its turn", () -> {
            sweep("certificate-renewals");
            return newestJob(site.id()).type().equals("certificate-issue");
        });
        over(newestJob(site.id()));
    }

    @Test
    void thatIsAboutToExpireIsOrderedWithoutNamesThatLeadElsewhere() {
        var alice = owner("alice");
        var name = Fresh.siteName("left");
        over(sites.create(alice, draft(name, Optional.of(WwwChoice.SERVE_BOTH), Optional.empty())));
        var site = sites.find(alice, name);
        var authority = authority(true);
        over(certificates.issue(alice, name, from(authority)));
        upload(alice, name);
        rows.change("update certificate set directory_id = ? where site_id = ?", authority.id(), site.id());
        // None leads here; but the canonical one is never left out.
        assertThat(rows.value("select blamed from site_certificate where site_id = ?", site.id()))
                .isEqualTo("[]");
        renewed(site.id());
        assertThat(rows.value("select blamed from site_certificate where site_id = ?", site.id()))
                .isEqualTo("[\"" + name + "\",\"www." + name + "\"]");
        renewed(site.id());
        assertThat(certificates.find(alice, name).history().get(0).names()).containsExactly(name, "www." + name);
        rows.change(
                "update certificate set alarm_at = utc_timestamp(6) - interval 1 second where site_id = ? and"
                        + " served_site_id is not null",
                site.id());
        // None could be proven, so it is not a name that is wrong.
        renewed(site.id());
        assertThat(certificates.find(alice, name).history().get(0).names()).containsExactly(name, "www." + name);
        rows.change("update site_certificate set blamed = ? where site_id = ?", "[\"www." + name + "\"]", site.id());
        renewed(site.id());
        assertThat(certificates.find(alice, name).history().get(0).names()).containsExactly(name);
        // Somebody who asks gets what they ask for.
        over(certificates.renew(alice, name));
        assertThat(certificates.find(alice, name).history().get(0).names()).containsExactly(name, "www." + name);
    }

    private void renewed(long site) {
        var before = newestJob(site).id();
        due(site);
        Eventually.holds("it has its turn", () -> {
            sweep("certificate-renewals");
            return newestJob(site).id() != before;
        });
        over(newestJob(site));
    }

    @Test
    void ofADeletedSiteIsNotRenewed() {
        var alice = owner("alice");
        var site = site(alice);
        over(certificates.issue(alice, site.name(), from(authority(true))));
        over(sites.delete(alice, site.name()));
        due(site.id());
        sweep("certificate-renewals");
        assertThat(newestJob(site.id()).type()).isEqualTo("site-delete");
        assertThat(refusal(Conflict.class, () -> certificates.renew(alice, site.name()))
                        .code())
                .isEqualTo("site-not-in-state");
    }

    @Test
    void leavesOutWhatItIsToldToAndRemembersThat() {
        var alice = owner("alice");
        var name = Fresh.siteName("left");
        over(sites.create(alice, draft(name, Optional.of(WwwChoice.SERVE_BOTH), Optional.empty())));
        var authority = authority(true);
        var leftOut = new CertificateDraft(
                Optional.of(authority.name()), Optional.of(KeyType.RSA_2048), Optional.of(List.of("www." + name)));
        over(certificates.issue(alice, name, leftOut));
        over(certificates.renew(alice, name));
        var view = certificates.find(alice, name);
        assertThat(view.leftOut()).containsExactly("www." + name);
        assertThat(view.keyType()).isEqualTo(KeyType.RSA_2048);
        assertThat(view.history().get(0).names()).containsExactly(name);
        Stream.of(List.of("other.example"), List.of(name, "www." + name))
                .map(names -> new CertificateDraft(Optional.empty(), Optional.empty(), Optional.of(names)))
                .forEach(wrong -> assertThat(refusal(InvalidInput.class, () -> certificates.issue(alice, name, wrong))
                                .field())
                        .isEqualTo("leaveOut"));
    }

    @Test
    void thatSomebodyBringsIsInstalledWithItsKeyWhichIsForgottenThen() {
        var alice = owner("alice");
        var site = site(alice);
        var authority = Minted.root("Root").authority("Between");
        var brought = authority.host(site.name());
        var upload = new CertificateUpload(authority.pem() + brought.pem(), brought.key(), false);
        try (var held = Verbs.of(alice).hold("certificate-install")) {
            certificates.upload(alice, site.name(), upload);
            held.reached();
            assertThat(sealedKey(site.id())).startsWith("v1:").doesNotContain("PRIVATE");
            assertThat(rows.value("select input from job where site_id = ? order by id desc limit 1", site.id()))
                    .doesNotContain("v1:", "PRIVATE");
        }
        var done = over(newestJob(site.id()));
        assertThat(done.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(done.steps().toString()).doesNotContain("PRIVATE");
        var until = certificates.find(alice, site.name()).served().flatMap(CertificateView::notAfter);
        assertThat(until).isPresent();
        assertThat(sites.list(alice, PageRequest.first(10)).rows())
                .filteredOn(row -> row.id() == site.id())
                .extracting(SiteRow::certificateNotAfter)
                .containsExactly(until);
        assertThat(Verbs.of(alice).calls())
                .filteredOn(call -> call.startsWith("certificate-install"))
                .singleElement()
                .asString()
                .contains("\"key\":\"-----BEGIN PRIVATE KEY-----");
        assertThat(sealedKey(site.id())).isNull();
        var view = certificates.find(alice, site.name());
        assertThat(view.served()).map(CertificateView::uploaded).contains(true);
        assertThat(view.uncovered()).containsExactly("www." + site.name());
        assertThat(view.doubt()).map(Problem::code).contains("certificate-untrusted");
        assertThat(view.nextAt()).isEmpty();
        assertThat(view.attention()).isTrue();
        assertThat(listed(site, Map.of("attention", "true"))).singleElement().satisfies(row -> {
            assertThat(row.uncovered()).containsExactly("www." + site.name());
            assertThat(row.concern()).map(Problem::code).contains("certificate-alarm-uncovered");
        });
        // Nobody can be asked for the next one.
        assertThat(refusal(Conflict.class, () -> certificates.renew(alice, site.name())))
                .isEqualTo(Problem.of("certificate-none", site.name()));
        var listed = new PageRequest(0, 100, "authority", true, site.name(), Map.of());
        assertThat(certificates.list(Actor.ROOT, listed).rows())
                .singleElement()
                .satisfies(row -> assertThat(row.authority()).isEmpty());
        rows.change("update certificate set alarm_at = utc_timestamp(6) where site_id = ?", site.id());
        assertThat(certificates.find(alice, site.name()).attention()).isTrue();
        rows.change(
                "update certificate set not_after = utc_timestamp(6) - interval 1 day where site_id = ?", site.id());
        assertThat(listed(site, Map.of("attention", "true")))
                .singleElement()
                .satisfies(row -> assertThat(row.concern()).map(Problem::code).contains("certificate-alarm-expired"));
        // One from an authority is got as ever, and while that fails the clock goes on with it.
        over(certificates.issue(alice, site.name(), from(authority(true))));
        assertThat(certificates.find(alice, site.name()).nextAt()).isPresent();
        assertThat(certificates.find(alice, site.name()).served())
                .map(CertificateView::uploaded)
                .contains(true);
    }

    @Test
    void thatSomebodyBringsAndTheHostRefusesLeavesWhatThereWasAndNoKey() {
        var alice = owner("alice");
        var site = site(alice);
        over(certificates.issue(alice, site.name(), from(authority(true))));
        var before = certificates.find(alice, site.name());
        Verbs.of(alice).fail("certificate-install");
        var brought = Minted.selfSigned(site.name());
        var failed = over(certificates.upload(
                alice, site.name(), new CertificateUpload(brought.pem() + brought.key(), "", false)));
        assertThat(failed.state()).isEqualTo(JobState.UNDONE);
        assertThat(sealedKey(site.id())).isNull();
        var after = certificates.find(alice, site.name());
        assertThat(after.history()).extracting(CertificateView::state).containsOnly(CertificateState.FAILED);
        assertThat(after.nextAt()).isEqualTo(before.nextAt());
        assertThat(after.failures()).isEqualTo(before.failures());
        assertThat(refusal(
                        InvalidInput.class,
                        () -> certificates.upload(alice, site.name(), new CertificateUpload(brought.pem(), "", false))))
                .isEqualTo(Problem.of("certificate-key-missing").at("key"));
        assertThat(refusal(
                                NotFound.class,
                                () -> certificates.upload(
                                        owner("bob"), site.name(), new CertificateUpload(brought.pem(), "", false)))
                        .code())
                .isEqualTo("site-unknown");
    }

    @Test
    void ofWhichTheJobWasLostHasItsKeyForgottenByTheClock() {
        var alice = owner("alice");
        var site = site(alice);
        var brought = Minted.selfSigned(site.name());
        over(certificates.upload(alice, site.name(), new CertificateUpload(brought.pem(), brought.key(), false)));
        rows.change("update certificate set sealed_key = 'v1:x' where site_id = ?", site.id());
        sweep("certificate-renewals");
        assertThat(sealedKey(site.id())).isNull();
    }

    @Test
    void thatCertbotKeepsIsTakenOverByAdministratorsWhileItsKeyStaysOnTheHost() {
        var alice = owner("alice");
        var admin = administrator();
        var site = site(alice);
        var kept = AUTHORITY.host(site.name());
        keeping(List.of(lineage(site.name(), kept), fault("gone", "no-key")), () -> {
            assertThat(refusal(Denied.class, () -> found.list(alice)).code()).isEqualTo("denied");
            assertThat(refusal(Denied.class, () -> found.takeAll(alice)).code()).isEqualTo("denied");
            assertThat(refusal(Denied.class, () -> found.take(alice, site.name(), Optional.empty(), false))
                            .code())
                    .isEqualTo("denied");
            assertThat(refusal(NotFound.class, () -> found.take(owner("bob"), site.name(), Optional.empty(), false))
                            .code())
                    .isEqualTo("site-unknown");
            assertThat(found.list(admin).certificates())
                    .satisfiesExactly(
                            some -> assertThat(some.sites())
                                    .containsExactly(new FoundCertificate.Site(site.id(), site.name(), true, false)),
                            gone -> assertThat(gone.problem())
                                    .map(Problem::code)
                                    .contains("lineage-no-key"));

            Verbs.of(admin).fail("certificate-install");
            assertThat(over(found.take(admin, site.name(), Optional.empty(), false))
                            .state())
                    .isEqualTo(JobState.UNDONE);
            assertThat(certificates.find(alice, site.name()).served()).isEmpty();
            Verbs.of(admin).succeed("certificate-install");
            assertThat(over(found.take(admin, site.name(), Optional.of(LIVE + site.name()), false))
                            .state())
                    .isEqualTo(JobState.SUCCEEDED);
            assertThat(Verbs.of(admin).calls())
                    .filteredOn(call -> call.startsWith("certificate-install"))
                    .hasSize(2)
                    .allSatisfy(call -> assertThat(call)
                            .contains("\"lineage\":\"" + LIVE + site.name(), "BEGIN CERTIFICATE")
                            .doesNotContain("\"key\"", "PRIVATE"));
            var view = certificates.find(alice, site.name());
            assertThat(view.served()).map(CertificateView::uploaded).contains(true);
            assertThat(view.nextAt()).isEmpty();
            assertThat(sealedKey(site.id())).isNull();
            var usual = directories.list(Actor.ROOT).get(0);
            var own = authority(true);
            directories.makeDefault(Actor.ROOT, own.name());
            try {
                over(found.take(admin, site.name(), Optional.empty(), false));
            } finally {
                directories.makeDefault(Actor.ROOT, usual.name());
            }
            // Where sites get theirs by themselves, it goes on with that authority once its time has come.
            var renewed = certificates.find(alice, site.name());
            assertThat(renewed.authority()).contains(own.name());
            assertThat(renewed.nextAt()).isPresent();
            assertThat(found.list(admin).certificates().get(0).sites())
                    .containsExactly(new FoundCertificate.Site(site.id(), site.name(), false, true));
            assertThat(found.takeAll(admin)).isEmpty();
        });
    }

    @Test
    void thatCertbotKeepsIsRefusedWhereItIsOfNoUse() {
        var site = site(owner("alice"));
        var stranger = AUTHORITY.host("stranger.example");
        keeping(List.of(lineage("stranger", stranger), fault("out", "foreign")), () -> {
            var admin = administrator();
            assertThat(refusal(Conflict.class, () -> found.take(admin, site.name(), Optional.empty(), false)))
                    .isEqualTo(Problem.of("lineage-none", site.name()));
            assertThat(refusal(NotFound.class, () -> found.take(admin, site.name(), Optional.of("/etc/shadow"), false))
                            .code())
                    .isEqualTo("lineage-unknown");
            assertThat(refusal(
                                    InvalidInput.class,
                                    () -> found.take(admin, site.name(), Optional.of(LIVE + "out"), false))
                            .code())
                    .isEqualTo("lineage-foreign");
            var other = refusal(
                    InvalidInput.class, () -> found.take(admin, site.name(), Optional.of(LIVE + "stranger"), false));
            assertThat(other)
                    .isEqualTo(Problem.of("certificate-other-names", "stranger.example", site.name())
                            .at("lineage"));
        });
    }

    @Test
    void thatCertbotKeepsIsTakenOverByAllSitesThatSignedTheirOwnButBusyOnes() {
        var alice = owner("alice");
        var admin = administrator();
        var free = site(alice);
        var busy = site(alice);
        var served = site(alice);
        upload(alice, served.name());
        var both = AUTHORITY.host(free.name(), "www." + free.name());
        var kept = List.of(
                lineage("one", AUTHORITY.host(free.name())),
                lineage("both", both),
                lineage("busy", AUTHORITY.host(busy.name())),
                lineage("served", AUTHORITY.host(served.name())));
        keeping(kept, () -> {
            try (var held = Verbs.of(alice).hold("certificate-install")) {
                var brought = Minted.selfSigned(busy.name());
                certificates.upload(alice, busy.name(), new CertificateUpload(brought.pem(), brought.key(), false));
                held.reached();
                assertThat(found.takeAll(admin)).singleElement().satisfies(job -> {
                    assertThat(job.targetName()).isEqualTo(free.name());
                    assertThat(over(job).state()).isEqualTo(JobState.SUCCEEDED);
                });
            }
        });
        over(newestJob(busy.id()));
        assertThat(certificates.find(alice, free.name()).uncovered()).isEmpty();
        assertThat(Verbs.of(admin).calls()).singleElement().asString().contains(LIVE + "both");
    }

    /** Does something while the host has these. */
    private static void keeping(List<JsonObjectBuilder> lineages, Runnable what) {
        var all = Json.createArrayBuilder();
        lineages.forEach(all::add);
        var result = Json.createObjectBuilder().add("found", all).add("complete", true);
        // Nobody is named in a call that only reads.
        Verbs.ofNobody().answer("certificate-find", result.build().toString());
        try {
            what.run();
        } finally {
            Verbs.ofNobody().answerAsUsual("certificate-find");
        }
    }

    private static JsonObjectBuilder lineage(String name, Minted kept) {
        return Json.createObjectBuilder()
                .add("lineage", LIVE + name)
                .add("chain", AUTHORITY.pem() + kept.pem())
                .add("publicKey", kept.publicKey());
    }

    private static JsonObjectBuilder fault(String name, String fault) {
        return Json.createObjectBuilder().add("lineage", LIVE + name).add("fault", fault);
    }

    @Test
    void ofBeforeComesBackWithoutItsKeyAndIsNotReplacedTheSameDay() {
        var alice = owner("alice");
        var site = site(alice);
        assertThat(refusal(Conflict.class, () -> certificates.goBack(alice, site.name(), Optional.empty(), false)))
                .isEqualTo(Problem.of("certificate-no-earlier", site.name()));
        upload(alice, site.name());
        upload(alice, site.name());
        assertThat(certificates.find(alice, site.name()).before()).contains(1);
        // As if it had come from an authority that wants it renewed by now.
        var authority = authority(true);
        rows.change("update certificate set directory_id = ? where site_id = ?", authority.id(), site.id());
        assertThat(over(certificates.goBack(alice, site.name(), Optional.empty(), false))
                        .state())
                .isEqualTo(JobState.SUCCEEDED);
        assertThat(Verbs.of(alice).calls().get(Verbs.of(alice).calls().size() - 1))
                .startsWith("certificate-install")
                .contains("\"certificate\":1", "BEGIN CERTIFICATE")
                .doesNotContain("PRIVATE");
        var view = certificates.find(alice, site.name());
        assertThat(view.served()).map(CertificateView::number).contains(1);
        assertThat(view.before()).contains(2);
        assertThat(view.history())
                .extracting(CertificateView::state)
                .containsExactly(CertificateState.REPLACED, CertificateState.SERVED);
        assertThat(rows.number(
                        "select timestampdiff(hour, utc_timestamp(), due_at) from site_certificate where site_id = ?",
                        site.id()))
                .isGreaterThanOrEqualTo(23);
        Verbs.of(alice).fail("certificate-install");
        assertThat(over(certificates.goBack(alice, site.name(), Optional.empty(), false))
                        .state())
                .isEqualTo(JobState.UNDONE);
        assertThat(certificates.find(alice, site.name()).served())
                .map(CertificateView::number)
                .contains(1);
        // The host keeps what was served before, and that is none after the site's own.
        rows.change("update certificate set served_at = utc_timestamp(6) where site_id = ? and number = 1", site.id());
        assertThat(certificates.find(alice, site.name()).before()).isEmpty();
        rows.change(
                "update certificate c join certificate o on o.site_id = c.site_id and o.number = 2"
                        + " set c.served_at = o.ended_at where c.site_id = ? and c.number = 1",
                site.id());
        assertThat(certificates.find(alice, site.name()).before()).contains(2);
        rows.change("update certificate set not_after = utc_timestamp(6) where site_id = ? and number = 2", site.id());
        assertThat(certificates.find(alice, site.name()).before()).isEmpty();
    }

    /** Whatever job writes the web server's file finds out, and the doctor has one begin. */
    @Test
    void thatTheHostHasLostIsNotSaidToBeServedAndTheNextOneIsOrderedAtOnce() {
        var alice = owner("alice");
        var site = site(alice);
        upload(alice, site.name());
        upload(alice, site.name());
        var verbs = Verbs.of(alice);
        verbs.answer("vhost-apply", "{\"generation\":7,\"certificate\":2}");
        rename(alice, site);
        assertThat(certificates.find(alice, site.name()).served())
                .map(CertificateView::number)
                .contains(2);
        assertThat(verbs.calls())
                .filteredOn(call -> call.startsWith("vhost-apply"))
                .last()
                .asString()
                .contains("\"certificate\":2");
        verbs.answer("vhost-apply", "{\"generation\":8,\"certificate\":0}");
        rename(alice, site);
        var lost = certificates.find(alice, site.name());
        assertThat(lost.served()).isEmpty();
        assertThat(lost.problem()).contains(Problem.of("certificate-lost", 2));
        assertThat(lost.attention()).isTrue();
        assertThat(lost.nextAt()).isEmpty();
        // It can be gone back to the one before it, but not to itself.
        assertThat(lost.before()).contains(1);
        var listed = new PageRequest(0, 100, "site", true, site.name(), Map.of("attention", "true"));
        assertThat(certificates.list(Actor.ROOT, listed).rows())
                .singleElement()
                .satisfies(row -> assertThat(row.uncovered()).containsExactly(site.name()));
        // One that an authority is known for is ordered by the clock.
        upload(alice, site.name());
        assertThat(certificates.find(alice, site.name()).problem()).isEmpty();
        rows.change(
                "update site_certificate set directory_id = ? where site_id = ?",
                authority(true).id(),
                site.id());
        rename(alice, site);
        assertThat(certificates.find(alice, site.name()).nextAt())
                .hasValueSatisfying(then -> assertThat(then).isBeforeOrEqualTo(Instant.now()));
        turn(site);
        assertThat(certificates.find(alice, site.name()).attention()).isTrue();
        // What the host has instead is said to be served if it is known.
        verbs.answer("vhost-apply", "{\"generation\":9,\"certificate\":1}");
        rename(alice, site);
        assertThat(certificates.find(alice, site.name()).served())
                .map(CertificateView::number)
                .contains(1);
    }

    private void rename(Actor actor, SiteView site) {
        var aliases = List.of(Fresh.siteName("alias"));
        var change = new SiteChange(Optional.empty(), Optional.empty(), Optional.of(aliases));
        assertThat(over(sites.update(actor, site.name(), change)).state()).isEqualTo(JobState.SUCCEEDED);
    }

    /** One that an attempt can go on with keeps its key; without one the host is told to keep none. */
    @Test
    void ofWhichTheOrderWasGivenUpLosesItsKeyByTheDoctor() {
        var alice = owner("alice");
        var site = site(alice);
        over(certificates.issue(alice, site.name(), from(authority(true))));
        assertThat(strayKeys(site.id())).containsExactly("/var/lib/berth/tls/" + site.id() + "/7.key");
        assertThat(cleaned(site.id())).contains("\"keep\":1");
        upload(alice, site.name());
        assertThat(strayKeys(site.id())).hasSize(2);
        assertThat(cleaned(site.id())).doesNotContain("keep");
    }

    /** With the keys 1 and 7 on the host. */
    private List<String> strayKeys(long site) {
        Verbs.ofNobody()
                .answer(
                        "host-inventory",
                        "{\"databases\":true,\"quota\":true,\"sites\":[{\"has\":[\"home\",\"Key=1\",\"Key=7\"],\"numbers\":[%d]}],\"served\":{},\"claimed\":{}}"
                                .formatted(site));
        try {
            return doctor.examine(Actor.ROOT).findings().stream()
                    .filter(finding -> "doctor-keys".equals(finding.problem().code()) && finding.site() == site)
                    .flatMap(finding -> finding.surplus().stream())
                    .toList();
        } finally {
            Verbs.ofNobody().answerAsUsual("host-inventory");
        }
    }

    /** What the host is told. */
    private String cleaned(long site) {
        var root = administrator();
        over(repair.repair(root, site, Set.of(SitePart.KEYS)));
        var calls = Verbs.of(root).calls();
        assertThat(calls.get(calls.size() - 1)).startsWith("certificate-clean");
        return calls.get(calls.size() - 1);
    }

    @Test
    void isRevokedOnlyWhereItCameFromAndWhileItIsOfUse() {
        var alice = owner("alice");
        var site = site(alice);
        var wish = new Revocation(Optional.empty(), RevokeReason.KEY_COMPROMISE, false, false);
        assertThat(refusal(NotFound.class, () -> certificates.revoke(alice, site.name(), wish)))
                .isEqualTo(Problem.of("certificate-own", site.name()));
        upload(alice, site.name());
        assertThat(refusal(Conflict.class, () -> certificates.revoke(alice, site.name(), wish)))
                .isEqualTo(Problem.of("certificate-not-revocable", 1, site.name()));
        assertThat(certificates.chain(alice, site.name(), Optional.of(1)))
                .startsWith("-----BEGIN CERTIFICATE-----")
                .doesNotContain("PRIVATE");
        assertThat(refusal(NotFound.class, () -> certificates.chain(alice, site.name(), Optional.of(2)))
                        .code())
                .isEqualTo("certificate-unknown");
        var path = "/api/v1/sites/" + site.name() + "/certificate";
        var chain = with(alice).get(path + "/chain?certificate=abc");
        assertThat(chain.statusCode()).isEqualTo(422);
        assertThat(chain.body()).contains("number-malformed");
        assertThat(with(alice).get(path + "/chain?certificate=1").body()).contains("BEGIN CERTIFICATE");
        var authority = authority(true);
        var body = Json.createObjectBuilder()
                .add("authority", authority.name())
                .add("leaveOut", Json.createArrayBuilder().add("no.name-of-it.example"))
                .build();
        assertThat(with(alice)
                        .send("POST", path, body.toString(), "application/json")
                        .body())
                .contains("\"field\":\"leaveOut\"");
        // An authority that cannot be reached: what visitors get stays, and the clock is not told of it.
        rows.change("update certificate set directory_id = ? where site_id = ?", authority.id(), site.id());
        var failed = over(certificates.revoke(alice, site.name(), wish));
        assertThat(failed.state()).isEqualTo(JobState.FAILED);
        assertThat(failed.problem()).map(Problem::code).contains("certificate-no-account");
        assertThat(Verbs.of(alice).called()).doesNotContain("certificate-withdraw");
        assertThat(certificates.find(alice, site.name()).served())
                .map(CertificateView::state)
                .contains(CertificateState.SERVED);
        assertThat(certificates.find(alice, site.name()).failures()).isZero();
        // The next one is not taken from visitors by somebody who tries that again, nor is its renewal.
        upload(alice, site.name());
        assertThat(refusal(Conflict.class, () -> jobs.retry(alice, failed.id())))
                .isEqualTo(Problem.of("certificate-followed", 1, 2));
        rows.change(
                "update site_certificate set due_at = utc_timestamp(6) + interval 30 day where site_id = ?", site.id());
        ledger.withdrawn(order(site, alice));
        assertThat(certificates.find(alice, site.name()).nextAt()).isPresent();
        var bob = owner("bob");
        assertThat(refusal(NotFound.class, () -> certificates.revoke(bob, site.name(), wish))
                        .code())
                .isEqualTo("site-unknown");
        assertThat(refusal(NotFound.class, () -> certificates.goBack(bob, site.name(), Optional.empty(), false))
                        .code())
                .isEqualTo("site-unknown");
        assertThat(refusal(NotFound.class, () -> certificates.chain(bob, site.name(), Optional.empty()))
                        .code())
                .isEqualTo("site-unknown");
    }

    /** A step after the one that cannot be taken back may fail. */
    @Test
    void thatIsVoidAndToGiveWayToTheSitesOwnIsFollowedByNoOtherMeanwhile() {
        var alice = owner("alice");
        var site = site(alice);
        var authority = authority(true);
        upload(alice, site.name());
        rows.change("update certificate set directory_id = ? where site_id = ?", authority.id(), site.id());
        rows.change(
                "update site_certificate set directory_id = ?, due_at = utc_timestamp(6) + interval 60 day"
                        + " where site_id = ?",
                authority.id(),
                site.id());
        var wish = new Revocation(Optional.empty(), RevokeReason.KEY_COMPROMISE, false, false);
        var failed = over(certificates.revoke(alice, site.name(), wish));
        // As if the authority had done it, and then the host had not.
        ledger.revoked(order(site, alice, failed));
        var view = certificates.find(alice, site.name());
        assertThat(view.served()).map(CertificateView::state).contains(CertificateState.REVOKED);
        assertThat(view.nextAt()).isEmpty();
        assertThat(view.attention()).isTrue();
        var stays = Problem.of("certificate-alarm-void", site.name());
        assertThat(view.doubt()).contains(stays);
        assertThat(listed(site, Map.of("attention", "true")))
                .singleElement()
                .satisfies(row -> assertThat(row.concern()).contains(stays));
        var other = site(alice);
        over(certificates.issue(alice, other.name(), from(authority)));
        due(other.id());
        turn(other);
        assertThat(newestJob(site.id()).id()).isEqualTo(failed.id());
        assertThat(refusal(Conflict.class, () -> certificates.revoke(alice, site.name(), wish)))
                .isEqualTo(Problem.of("certificate-revoked-already", 1, site.name()));
        over(certificates.withdraw(administrator(), site.name(), false));
        assertThat(certificates.find(alice, site.name()).served()).isEmpty();
        assertThat(certificates.find(alice, site.name()).nextAt()).isEmpty();
    }

    @Test
    void isRevokedByTheNumberThatSomebodyLookedAtWhateverVisitorsGetByThen() {
        var account = accountWithPassword();
        var alice = account.actor();
        var site = site(alice);
        var authority = authority(true);
        upload(alice, site.name());
        rows.change("update certificate set directory_id = ? where site_id = ?", authority.id(), site.id());
        var browser = Visitor.withBrowser();
        browser.logIn(alice.name(), account.password());
        var page = "/sites/" + site.id() + "/certificate";
        assertThat(revocable(browser, page)).containsExactly("1", "1");
        upload(alice, site.name());
        upload(alice, site.name());
        // One that was uploaded is revoked where it came from.
        assertThat(revocable(browser, page)).containsExactly("1");
        rows.change("update certificate set directory_id = ? where site_id = ?", authority.id(), site.id());
        assertThat(revocable(browser, page)).containsExactly("3", "3", "2", "1");

        var wish = Map.of("revocation", "key-compromise", "next", "self-signed");
        var before = newestJob(site.id()).id();
        for (var number : List.of("", "x", "1234567890")) {
            var named = new HashMap<>(wish);
            named.put("revoked", number);
            assertThat(browser.submit(page, "revoke-form", "do-revoke", named).body())
                    .as(number)
                    .contains("is not a number");
        }
        assertThat(browser.submit(page, "revoke-form", "do-revoke", wish).body())
                .contains("is not a number");
        assertThat(newestJob(site.id()).id()).isEqualTo(before);

        var named = new HashMap<>(wish);
        named.put("revoked", "1");
        assertThat(browser.submit(page, "revoke-form", "do-revoke", named).statusCode())
                .isEqualTo(302);
        var job = over(newestJob(site.id()));
        assertThat(job.type()).isEqualTo("certificate-revoke");
        assertThat(job.steps()).extracting(StepView::name).containsExactly("revoke");
        assertThat(rows.number("select json_value(input, '$.certificate') from job where id = ?", job.id()))
                .isEqualTo(1);
        assertThat(Verbs.of(alice).called()).doesNotContain("certificate-withdraw");

        rows.change("update certificate set not_after = utc_timestamp(6) where site_id = ? and number = 1", site.id());
        rows.change("update certificate set state = 'REVOKED' where site_id = ? and number = 2", site.id());
        assertThat(revocable(browser, page)).containsExactly("3", "3");
    }

    /** The numbers of the buttons that open the dialog: of what visitors get, then down the list. */
    private static List<String> revocable(Visitor browser, String page) {
        return Pattern.compile("data-set-revoked=\"(\\d+)\"")
                .matcher(browser.get(page).body())
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @Test
    void thatSomebodyWantsToGoBackToIsNoOtherWhenVisitorsGetTheNextOneMeanwhile() {
        var account = accountWithPassword();
        var alice = account.actor();
        var site = site(alice);
        upload(alice, site.name());
        upload(alice, site.name());
        var browser = Visitor.withBrowser();
        browser.logIn(alice.name(), account.password());
        var page = "/sites/" + site.id() + "/certificate";
        assertThat(browser.get(page).body()).contains("name=\"before\" value=\"1\"");
        upload(alice, site.name());
        var before = newestJob(site.id()).id();

        var refused = Problem.of("certificate-not-before", 1, site.name(), 2);
        assertThat(refusal(Conflict.class, () -> certificates.goBack(alice, site.name(), Optional.of(1), false)))
                .isEqualTo(refused);
        assertThat(browser.submit(page, "more-form", "return", Map.of("before", "1"))
                        .body())
                .contains("did not go back to certificate 1", "name=\"before\" value=\"2\"");
        assertThat(browser.submit(page, "more-form", "return", Map.of()).body()).contains("is not a number");
        var rest = with(alice);
        var path = "/api/v1/sites/" + site.name() + "/certificate/back";
        var told = rest.send("POST", path, "{\"certificate\":1}", "application/json");
        assertThat(told.statusCode()).isEqualTo(409);
        assertThat(told.body()).contains("certificate-not-before");
        assertThat(newestJob(site.id()).id()).isEqualTo(before);

        assertThat(rest.send("POST", path, "{\"certificate\":2}", "application/json")
                        .statusCode())
                .isEqualTo(202);
        over(newestJob(site.id()));
        assertThat(certificates.find(alice, site.name()).served())
                .map(CertificateView::number)
                .contains(2);
        assertThat(browser.submit(page, "more-form", "return", Map.of("before", "3"))
                        .statusCode())
                .isEqualTo(302);
        over(newestJob(site.id()));
        assertThat(certificates.find(alice, site.name()).served())
                .map(CertificateView::number)
                .contains(3);
    }

    @Test
    void isGivenUpForTheSitesOwnByAnAdministratorAndTakenBackOnThePage() {
        var account = accountWithPassword();
        var alice = account.actor();
        var site = site(alice);
        upload(alice, site.name());
        var page = "/sites/" + site.id() + "/certificate";
        var browser = Visitor.withBrowser();
        browser.logIn(alice.name(), account.password());
        assertThat(browser.get(page).body()).doesNotContain("withdraw-form", "more-form");
        rows.change("update account set role = 'ADMINISTRATOR' where id = ?", alice.accountId());
        keepToHttps(site);
        var asked = browser.submit(page, "withdraw-form", "withdraw", Map.of());
        assertThat(asked.body()).contains("HSTS").containsOnlyOnce("name=\"confirmed\"");
        assertThat(browser.submit(page, "withdraw-form", "withdraw", Map.of("confirmed", "true"))
                        .statusCode())
                .isEqualTo(302);
        over(newestJob(site.id()));
        assertThat(certificates.find(alice, site.name()).served()).isEmpty();
        assertThat(browser.get(page).body())
                .contains("name=\"before\" value=\"1\"")
                .doesNotContain("withdraw-form");
        browser.submit(page, "more-form", "return", Map.of("before", "1", "confirmed", "true"));
        over(newestJob(site.id()));
        assertThat(certificates.find(alice, site.name()).served())
                .map(CertificateView::number)
                .contains(1);
    }

    @Test
    void isNotTakenFromVisitorsWhoKeepToHttpsUntilThatIsConfirmed() {
        var alice = owner("alice");
        var admin = administrator();
        var site = site(alice);
        var name = site.name();
        keepToHttps(site);
        var kept = AUTHORITY.host(name);
        keeping(List.of(lineage(name, kept)), () -> {
            assertThat(found.takeAll(admin)).isEmpty();
            asked(
                    site,
                    confirmed -> found.take(admin, name, Optional.empty(), confirmed),
                    "hsts-lockout-untrusted",
                    "hsts-lockout-names");
        });
        var alone = AUTHORITY.host(name, "www." + name);
        asked(
                site,
                confirmed ->
                        certificates.upload(alice, name, new CertificateUpload(alone.pem(), alone.key(), confirmed)),
                "hsts-lockout-incomplete");
        asked(
                site,
                confirmed -> certificates.goBack(alice, name, Optional.empty(), confirmed),
                "hsts-lockout-untrusted",
                "hsts-lockout-names");

        var authority = authority(true);
        var leftOut = Optional.of(List.of("www." + name));
        asked(
                site,
                confirmed -> certificates.issue(
                        alice,
                        name,
                        new CertificateDraft(
                                Optional.of(authority.name()),
                                Optional.empty(),
                                leftOut,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                false,
                                confirmed)),
                "hsts-lockout-names");
        // What was left out before is asked about no more, and what the clock does never is.
        over(certificates.issue(alice, name, new CertificateDraft(Optional.empty(), Optional.empty(), leftOut)));
        over(certificates.renew(alice, name));
        renewed(site.id());

        rows.change("update certificate set directory_id = ? where site_id = ?", authority.id(), site.id());
        var next = new Revocation(Optional.empty(), RevokeReason.SUPERSEDED, true, false);
        over(certificates.revoke(alice, name, next));
        asked(
                site,
                confirmed -> certificates.revoke(
                        alice, name, new Revocation(Optional.empty(), RevokeReason.SUPERSEDED, false, confirmed)),
                "hsts-lockout-self-signed");
        asked(site, confirmed -> certificates.withdraw(admin, name, confirmed), "hsts-lockout-self-signed");
        assertThat(certificates.find(alice, name).served()).isEmpty();
    }

    /** Somebody is asked about a change, for these reasons, and what they confirm is done. */
    private void asked(SiteView site, Function<Boolean, JobView> change, String... reasons) {
        var before = newestJob(site.id()).id();
        assertThatThrownBy(() -> change.apply(false))
                .isInstanceOfSatisfying(
                        Conflict.class,
                        refused -> assertThat(refused.problems())
                                .allSatisfy(
                                        problem -> assertThat(problem.field()).isEqualTo("confirmed"))
                                .extracting(Problem::code)
                                .containsExactly(reasons));
        assertThat(newestJob(site.id()).id()).isEqualTo(before);
        over(change.apply(true));
    }

    @Test
    void thatWouldLockVisitorsOutIsConfirmedByTheApi() {
        var alice = owner("alice");
        var admin = with(administrator());
        var site = site(alice);
        var authority = authority(true);
        upload(alice, site.name());
        upload(alice, site.name());
        rows.change("update certificate set directory_id = ? where site_id = ?", authority.id(), site.id());
        keepToHttps(site);
        var brought = Minted.selfSigned(site.name());
        var changes = Map.of(
                "/upload",
                Json.createObjectBuilder().add("certificate", brought.pem()).add("key", brought.key()),
                "/back",
                Json.createObjectBuilder(),
                "/revoke",
                Json.createObjectBuilder().add("reason", "superseded").add("next", "self-signed"),
                "",
                Json.createObjectBuilder()
                        .add("authority", authority.name())
                        .add("leaveOut", Json.createArrayBuilder().add("www." + site.name())),
                "/import",
                Json.createObjectBuilder(),
                "/withdraw",
                Json.createObjectBuilder());
        keeping(
                List.of(lineage(site.name(), AUTHORITY.host(site.name()))),
                () -> Stream.of("/back", "/revoke", "", "/upload", "/import", "/withdraw")
                        .forEach(change -> {
                            var path = "/api/v1/sites/" + site.name() + "/certificate" + change;
                            var body = changes.get(change).build();
                            var refused = admin.send("POST", path, body.toString(), "application/json");
                            assertThat(refused.statusCode()).as(change).isEqualTo(409);
                            assertThat(refused.body()).contains("hsts-lockout-", "\"field\":\"confirmed\"");
                            var insisted = Json.createObjectBuilder(body).add("confirmed", true);
                            assertThat(admin.send("POST", path, insisted.build().toString(), "application/json")
                                            .statusCode())
                                    .as(change)
                                    .isEqualTo(202);
                            over(newestJob(site.id()));
                        }));
        // Who sends nothing confirms nothing.
        upload(alice, site.name(), true);
        assertThat(admin.send("POST", "/api/v1/sites/" + site.name() + "/certificate/withdraw", "", "")
                        .body())
                .contains("hsts-lockout-self-signed");
    }

    @Test
    void thatWouldLockVisitorsOutIsAskedAboutInTheFormThatWasSent() {
        var alice = owner("alice");
        var site = site(alice);
        var authority = authority(true);
        upload(alice, site.name());
        upload(alice, site.name());
        rows.change("update certificate set directory_id = ? where site_id = ?", authority.id(), site.id());
        keepToHttps(site);
        var account = accountWithPassword();
        rows.change(
                "update account set role = 'ADMINISTRATOR' where id = ?",
                account.actor().accountId());
        var browser = Visitor.withBrowser();
        browser.logIn(account.actor().name(), account.password());
        var page = "/sites/" + site.id();
        var brought = Minted.selfSigned(site.name());
        var lineage = LIVE + site.name();
        keeping(List.of(lineage(site.name(), AUTHORITY.host(site.name()))), () -> {
            insists(browser, page + "/certificate", "more-form", "return", Map.of("before", "1"));
            insists(
                    browser,
                    page + "/certificate",
                    "revoke-form",
                    "do-revoke",
                    Map.of("revoked", "1", "revocation", "superseded", "next", "self-signed"));
            insists(
                    browser,
                    page + "/certificate",
                    "issue-form",
                    "issue",
                    Map.of("chosen", "true", "authority", authority.name(), "leaveOut", "www." + site.name()));
            insists(
                    browser,
                    page + "/certificate",
                    "upload-form",
                    "upload-send",
                    Map.of("certificate", brought.pem(), "key", brought.key()));
            insists(
                    browser,
                    page + "/domains",
                    "names-form",
                    "save-names",
                    Map.of("www", "redirect-to-bare", "aliases", "more." + site.name()));
            var wanted = Map.of("site", String.valueOf(site.id()), "lineage", lineage);
            assertThat(browser.submit("/found", "take-form", "do-take", wanted).body())
                    .contains("id=\"insist\"", "data-open=\"true\"", lineage);
            insists(browser, "/found", "insist-form", "do-insist", wanted);
        });
    }

    /** Somebody sends a form, reads why not, and sends it again with the box ticked that it has then. */
    private void insists(Visitor browser, String page, String form, String button, Map<String, String> fields) {
        assertThat(browser.get(page).body()).doesNotContain("name=\"confirmed\"");
        var asked = browser.submit(page, form, button, fields);
        assertThat(asked.statusCode()).as(form).isEqualTo(200);
        assertThat(asked.body()).contains("HSTS").containsOnlyOnce("name=\"confirmed\"");
        Optional.ofNullable(fields.get("revoked"))
                .ifPresent(number -> assertThat(asked.body())
                        .contains("name=\"revoked\" data-get=\"revoked\" value=\"" + number + "\""));
        assertThat(asked.body()
                        .substring(asked.body().indexOf("id=\"" + form + "\""))
                        .split("</form>", 2)[0])
                .contains("name=\"confirmed\"");
        var insisted = new HashMap<>(fields);
        insisted.put("confirmed", "true");
        var done = browser.submit(page, form, button, insisted);
        assertThat(done.statusCode()).as(form).isEqualTo(302);
        var place = done.headers().firstValue("Location").orElseThrow();
        over(jobs.find(Actor.ROOT, Long.parseLong(place.substring(place.lastIndexOf('/') + 1))));
    }

    /** As if somebody had chosen it, whatever the certificate. */
    private void keepToHttps(SiteView site) {
        rows.change("update site set force_https = true, hsts = 'ONE_DAY', hsts_told = true where id = ?", site.id());
    }

    @Test
    void areListedByWhatIsLeftOfTheirLifeWithThoseApartThatNeedSomebody() {
        var account = accountWithPassword();
        var owner = account.actor();
        var soon = site(owner);
        var later = site(owner);
        for (var site : List.of(soon, later)) {
            var brought = Minted.selfSigned(site.name(), "www." + site.name());
            over(certificates.upload(owner, site.name(), new CertificateUpload(brought.pem(), brought.key(), false)));
        }
        lives(soon, 10);
        lives(later, 80);
        rows.change("update certificate set alarm_at = utc_timestamp(6) where site_id = ?", soon.id());
        assertThat(certificates.find(owner, soon.name()).doubt())
                .map(Problem::code)
                .contains("certificate-ends");
        assertThat(certificates.find(owner, later.name()).doubt())
                .map(Problem::code)
                .contains("certificate-untrusted");
        for (var ascending : List.of(true, false)) {
            var wanted = new PageRequest(0, 10, "notAfter", ascending, "", Map.of("owner", owner.name()));
            assertThat(certificates.list(Actor.ROOT, wanted).rows())
                    .extracting(CertificateRow::siteName)
                    .isEqualTo(ascending ? List.of(soon.name(), later.name()) : List.of(later.name(), soon.name()));
        }
        rows.change("update account set role = 'ADMINISTRATOR' where id = ?", owner.accountId());
        var browser = Visitor.withBrowser();
        browser.logIn(owner.name(), account.password());
        for (var list : List.of("/certificates?authority=", "/certificates?owner=", "/sites?owner=", "/audit?actor=")) {
            for (var value : List.of("Let%27s%20Encrypt", "max.mustermann", "%3C%C3%BC", "")) {
                assertThat(browser.get(list + value).statusCode())
                        .as(list + value)
                        .isEqualTo(200);
            }
        }
        var all = browser.get("/certificates?owner=" + owner.name()).body();
        assertThat(all).contains(soon.name(), "10 days left", later.name(), "80 days left");
        assertThat(browser.get("/certificates?attention=true&owner=" + owner.name())
                        .body())
                .contains(soon.name())
                .doesNotContain(later.name());
    }

    /** Nobody has chosen anything for it, nor does one come by itself. */
    @Test
    void isListedAlsoForASiteThatSignsItsOwn() {
        var alice = owner("alice");
        var own = site(alice);
        var soon = site(alice);
        var later = site(alice);
        for (var site : List.of(soon, later)) {
            upload(alice, site.name());
        }
        lives(soon, 10);
        lives(later, 80);
        rows.change("delete from site_certificate where site_id = ?", own.id());
        var mine = Map.of("owner", alice.name());
        for (var ascending : List.of(true, false)) {
            var page = certificates.list(Actor.ROOT, new PageRequest(0, 10, "notAfter", ascending, "", mine));
            assertThat(page.total()).isEqualTo(3);
            assertThat(page.rows())
                    .extracting(CertificateRow::siteId)
                    .containsExactly(ascending ? soon.id() : later.id(), ascending ? later.id() : soon.id(), own.id());
        }
        var row = listed(own, Map.of()).get(0);
        assertThat(row.notAfter()).isEmpty();
        assertThat(row.nextAt()).isEmpty();
        assertThat(row.authority()).isEmpty();
        assertThat(row.attention()).isFalse();
        assertThat(listed(own, Map.of("attention", "true"))).isEmpty();
    }

    /** Which no owner has, and which is not stored as a site. */
    @Test
    void ofThePanelHasItsPlaceAmongThoseOfSitesWhateverThePageAndTheOrder() {
        var alice = owner("alice");
        upload(alice, site(alice).name());
        site(alice);
        var orders = List.of("", "site", "owner", "authority", "notAfter", "nextAt", "failures");
        for (var sort : orders) {
            for (var ascending : List.of(true, false)) {
                var whole = certificates.list(Actor.ROOT, new PageRequest(0, 1000, sort, ascending, "", Map.of()));
                var ids = whole.rows().stream().map(CertificateRow::siteId).toList();
                assertThat(ids).doesNotHaveDuplicates().contains(0L).hasSize((int) whole.total());
                var place = ids.indexOf(0L);
                for (var limit : List.of(1, 2)) {
                    for (var offset = Math.max(0, place - 2); offset <= Math.min(place + 1, ids.size()); offset++) {
                        var page = certificates.list(
                                Actor.ROOT, new PageRequest(offset, limit, sort, ascending, "", Map.of()));
                        assertThat(page.rows())
                                .as("%s %s %s %s", sort, ascending, offset, limit)
                                .extracting(CertificateRow::siteId)
                                .isEqualTo(ids.subList(offset, Math.min(offset + limit, ids.size())));
                    }
                }
                if (sort.equals("site")) {
                    assertThat(whole.rows())
                            .extracting(CertificateRow::siteName)
                            .isSortedAccordingTo(ascending ? Comparator.naturalOrder() : Comparator.reverseOrder());
                }
            }
        }
    }

    private void lives(SiteView site, int days) {
        rows.change(
                "update certificate set not_after = utc_timestamp(6) + interval ? hour where site_id = ?",
                days * 24 + 1,
                site.id());
    }

    @Test
    void thatItsAuthorityHasRevokedIsReplacedWhileNobodysListIsAskedForWhatSomebodyBrought() throws IOException {
        var asked = new AtomicInteger();
        var list = new AtomicReference<byte[]>();
        var server = answering(list::get, asked);
        try {
            var listing = AUTHORITY.listingAt(
                    "http://127.0.0.1:" + server.getAddress().getPort() + "/list");
            var alice = owner("alice");
            var two = List.of(site(alice), site(alice));
            var kept = two.stream().map(site -> listing.host(site.name())).toList();
            for (var each = 0; each < 2; each++) {
                var chain = kept.get(each).pem() + AUTHORITY.pem();
                over(certificates.upload(
                        alice,
                        two.get(each).name(),
                        new CertificateUpload(chain, kept.get(each).key(), false)));
            }
            list.set(listing.revoking(kept.get(0)));
            sweep("certificate-revocations");
            assertThat(asked.get()).isZero();

            var authority = authority(true);
            two.forEach(site -> issuedBy(authority, site.id()));
            sweep("certificate-revocations");
            // One list for both.
            assertThat(asked.get()).isEqualTo(1);
            assertThat(certificates.find(alice, two.get(0).name()).served())
                    .map(CertificateView::state)
                    .contains(CertificateState.REVOKED);
            assertThat(certificates.find(alice, two.get(1).name()).served())
                    .map(CertificateView::state)
                    .contains(CertificateState.SERVED);
            Eventually.holds("the next one is ordered", () -> {
                sweep("certificate-renewals");
                return newestJob(two.get(0).id()).type().equals("certificate-issue");
            });
            assertThat(newestJob(two.get(1).id()).type()).isEqualTo("certificate-upload");
            over(newestJob(two.get(0).id()));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void ofWhichItsAuthoritySaidNothingOfLateWhenAskedIsLookedForOnItsList() throws IOException {
        var list = new AtomicReference<byte[]>();
        var server = answering(list::get, new AtomicInteger());
        try {
            var listing = AUTHORITY.listingAt(
                    "http://127.0.0.1:" + server.getAddress().getPort() + "/silent");
            var alice = owner("alice");
            var site = site(alice);
            var minted = listing.host(site.name());
            var upload = new CertificateUpload(minted.pem() + AUTHORITY.pem(), minted.key(), false);
            over(certificates.upload(alice, site.name(), upload));
            list.set(listing.revoking(minted));
            issuedBy(authority(true), site.id());
            // It has said just now that there is time.
            rows.change(
                    "update site_certificate set ask_at = utc_timestamp(6) + interval 6 hour, told_at = utc_timestamp(6)"
                            + " where site_id = ?",
                    site.id());
            sweep("certificate-revocations");
            assertThat(certificates.find(alice, site.name()).served())
                    .map(CertificateView::state)
                    .contains(CertificateState.SERVED);
            rows.change(
                    "update site_certificate set told_at = utc_timestamp(6) - interval 3 day where site_id = ?",
                    site.id());
            sweep("certificate-revocations");
            assertThat(certificates.find(alice, site.name()).served())
                    .map(CertificateView::state)
                    .contains(CertificateState.REVOKED);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aboutWhichAnAuthorityCannotBeAskedIsAskedAboutLaterAlsoWhenItsRowCannotBeRead() {
        var alice = owner("alice");
        var two = List.of(site(alice), site(alice));
        two.forEach(site -> upload(alice, site.name()));
        two.forEach(site -> issuedBy(authority(true), site.id()));
        var noAccount = two.get(0).id();
        var damaged = two.get(1).id();
        rows.change(
                "update acme_directory set account_url = 'no address' where id ="
                        + " (select directory_id from site_certificate where site_id = ?)",
                noAccount);
        keyType("BROKEN", damaged);
        two.forEach(site -> rows.change(
                "update site_certificate set ask_at = utc_timestamp(6) - interval 1 second where site_id = ?",
                site.id()));
        sweep("certificate-renewal-info");
        keyType("EC_256", damaged);
        assertThat(two)
                .allSatisfy(site -> assertThat(rows.number(
                                "select timestampdiff(minute, utc_timestamp(), ask_at) from site_certificate"
                                        + " where site_id = ?",
                                site.id()))
                        .isBetween(350L, 360L));
    }

    private static HttpServer answering(Supplier<byte[]> list, AtomicInteger asked) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", visitor -> {
            asked.incrementAndGet();
            visitor.sendResponseHeaders(200, list.get().length);
            visitor.getResponseBody().write(list.get());
            visitor.close();
        });
        server.start();
        return server;
    }

    /** As if what visitors get came from an authority, which says nothing of renewals. */
    private void issuedBy(DirectoryView authority, long site) {
        rows.change("update certificate set directory_id = ? where site_id = ?", authority.id(), site);
        rows.change(
                "update site_certificate set directory_id = ?, ask_at = null, due_at = utc_timestamp(6) + interval 60 day"
                        + " where site_id = ?",
                authority.id(),
                site);
    }

    @Test
    void isLookedAtWithoutAnOrder() {
        var alice = owner("alice");
        var site = site(alice);
        assertThat(certificates.find(alice, site.name()).check()).isEmpty();
        assertThat(over(certificates.check(alice, site.name())).state()).isEqualTo(JobState.SUCCEEDED);
        var view = certificates.find(alice, site.name());
        assertThat(view.history()).isEmpty();
        assertThat(view.failures()).isZero();
        var check = view.check().orElseThrow();
        assertThat(check.isReachable()).isFalse();
        assertThat(check.names()).hasSize(2).allSatisfy(name -> {
            assertThat(name.addresses()).isEqualTo("–");
            assertThat(name.fault()).isPresent();
            assertThat(name.covered()).isFalse();
        });
        assertThat(Verbs.of(alice).calls())
                .filteredOn(call -> call.startsWith("acme-challenge"))
                .satisfiesExactly(
                        call -> assertThat(call).contains("\"present\":true"),
                        call -> assertThat(call).contains("\"present\":false"));
        assertThat(refusal(NotFound.class, () -> certificates.check(owner("bob"), site.name()))
                        .code())
                .isEqualTo("site-unknown");
    }

    private void upload(Actor actor, String site) {
        upload(actor, site, false);
    }

    private void upload(Actor actor, String site, boolean confirmed) {
        var brought = Minted.selfSigned(site);
        var upload = new CertificateUpload(brought.pem(), brought.key(), confirmed);
        assertThat(over(certificates.upload(actor, site, upload)).state()).isEqualTo(JobState.SUCCEEDED);
    }

    private String sealedKey(long site) {
        return rows.value("select sealed_key from certificate where site_id = ? order by number desc limit 1", site);
    }

    @Test
    void isWishedForOnceWhoeverAsksAtTheSameMoment() throws InterruptedException {
        var alice = owner("alice");
        var site = site(alice);
        var from = from(authority(true));
        try (var held = Verbs.of(alice).hold("acme-challenge")) {
            var outcomes = atOnce(List.of(
                    () -> certificates.issue(alice, site.name(), from),
                    () -> certificates.issue(alice, site.name(), from),
                    () -> certificates.issue(alice, site.name(), from)));
            held.reached();
            assertThat(outcomes).filteredOn(Conflict.class::isInstance).hasSize(2);
        }
        over(newestJob(site.id()));
        assertThat(certificates.find(alice, site.name()).history()).hasSize(1);
    }

    @Test
    void comesFromAnAuthorityThatAdministratorsKeep() {
        var made = authority(false);
        assertThat(made.ready()).isFalse();
        var agreed = directories.update(Actor.ROOT, made.name(), draft(made.name(), true, "kid", "secret-key"));
        assertThat(agreed.ready()).isTrue();
        assertThat(agreed.externalKeyId()).contains("kid");
        assertThat(rows.value("select external_key from acme_directory where id = ?", made.id()))
                .startsWith("v1:")
                .doesNotContain("secret");
        // Without a key the one that is there stays.
        directories.update(Actor.ROOT, made.name(), draft(made.name(), true, "kid", ""));
        assertThat(rows.value("select external_key from acme_directory where id = ?", made.id()))
                .startsWith("v1:");
        assertThat(refusal(
                        InvalidInput.class,
                        () -> directories.update(Actor.ROOT, made.name(), draft(made.name(), true, "other", ""))))
                .isEqualTo(Problem.of("authority-external-key").at("externalKey"));
        assertThat(refusal(Conflict.class, () -> directories.create(Actor.ROOT, draft(made.name(), true, "", "")))
                        .code())
                .isEqualTo("authority-exists");
        var before = directories.list(Actor.ROOT).get(0);
        assertThat(directories.makeDefault(Actor.ROOT, made.name()).isDefault()).isTrue();
        assertThat(directories.list(Actor.ROOT))
                .filteredOn(DirectoryView::isDefault)
                .hasSize(1);
        assertThat(refusal(Conflict.class, () -> directories.delete(Actor.ROOT, made.name()))
                        .code())
                .isEqualTo("authority-is-default");
        directories.makeDefault(Actor.ROOT, before.name());
        directories.delete(Actor.ROOT, String.valueOf(made.id()));
        assertThat(refusal(NotFound.class, () -> directories.find(Actor.ROOT, made.name()))
                        .code())
                .isEqualTo("authority-unknown");
    }

    @Test
    void comesByItselfToASiteForWhichNobodyHasChosenAnything() {
        var alice = owner("alice");
        var site = site(alice);
        var usual = directories.list(Actor.ROOT).get(0);
        var own = authority(true);
        // As long as the terms of the default are not agreed to, nothing is asked for.
        sweep("certificate-renewals");
        assertThat(certificates.find(alice, site.name()).nextAt()).isEmpty();
        directories.makeDefault(Actor.ROOT, own.name());
        try {
            assertThat(turn(site).problem()).map(Problem::code).contains("certificate-names-elsewhere");
            due(site.id());
            turn(site);
            var awaited = certificates.find(alice, site.name());
            assertThat(awaited.authority()).contains(own.name());
            assertThat(awaited.failures()).isEqualTo(2);
            // Nobody has to see to a name that leads here later, but if somebody does, it is told.
            assertThat(awaited.attention()).isFalse();
            assertThat(listed(site, Map.of("attention", "true"))).isEmpty();
            // Nor to one that has its turn in some weeks.
            rows.change(
                    "update site_certificate set problem_code = 'acme-budget', problem_args = '[\"2026-01-01T00:00:00Z\"]',"
                            + " put_off_at = utc_timestamp(6) - interval 2 day where site_id = ?",
                    site.id());
            assertThat(certificates.find(alice, site.name()).attention()).isFalse();
            assertThat(listed(site, Map.of("attention", "true"))).isEmpty();
            var job = newestJob(site.id()).id();
            directories.update(Actor.ROOT, own.name(), silent(own.name()));
            due(site.id());
            sweep("certificate-renewals");
            assertThat(newestJob(site.id()).id()).isEqualTo(job);
            over(certificates.issue(alice, site.name(), from(own)));
            assertThat(certificates.find(alice, site.name()).attention()).isTrue();
            assertThat(listed(site, Map.of("attention", "true"))).hasSize(1);
        } finally {
            directories.makeDefault(Actor.ROOT, usual.name());
        }
    }

    @Test
    void comesNotByItselfWhereSomebodyHasChosenSoUntilThatIsTakenBack() {
        var alice = owner("alice");
        var bob = owner("bob");
        var site = site(alice);
        var unseen = site(alice);
        var usual = directories.list(Actor.ROOT).get(0);
        var own = authority(true);
        assertThat(certificates.decline(alice, unseen.name()).automatic()).contains(false);
        directories.makeDefault(Actor.ROOT, own.name());
        try {
            turn(site);
            assertThat(certificates.find(alice, site.name()).automatic()).contains(true);
            assertThat(certificates.find(alice, site.name()).nextAt()).isPresent();
            assertThat(refusal(NotFound.class, () -> certificates.decline(bob, site.name()))
                            .code())
                    .isEqualTo("site-unknown");
            assertThat(refusal(NotFound.class, () -> certificates.decline(bob, "panel"))
                            .code())
                    .isEqualTo("site-unknown");
            assertThat(refusal(Conflict.class, () -> certificates.decline(administrator(), "panel"))
                            .code())
                    .isEqualTo("certificate-not-of-panel");
            var visitor = with(alice);
            var path = "/api/v1/sites/" + site.name() + "/certificate";
            assertThat(visitor.send("PATCH", path, "{\"automatic\":false}", "application/json")
                            .body())
                    .contains("\"automatic\":false")
                    .doesNotContain("nextAt", "certificate-names-elsewhere");
            assertThat(visitor.send("PATCH", path, "{}", "application/json").statusCode())
                    .isEqualTo(422);
            var job = newestJob(site.id()).id();
            directories.update(Actor.ROOT, own.name(), draft(own.name(), true, "", ""));
            // Another has its turn meanwhile.
            turn(site(alice));
            assertThat(newestJob(site.id()).id()).isEqualTo(job);
            assertThat(newestJob(unseen.id()).type()).isEqualTo("site-create");

            assertThat(visitor.send("PATCH", path, "{\"automatic\":true}", "application/json")
                            .body())
                    .contains("\"automatic\":true", "nextAt");
            assertThat(turn(site).problem()).map(Problem::code).contains("certificate-names-elsewhere");
            assertThat(certificates.find(alice, site.name()).authority()).contains(own.name());
            assertThat(rows.values(
                            "select concat(action, ' ', result) from audit_entry where target_name = ? and"
                                    + " action in ('certificate:await', 'certificate:decline') order by id",
                            site.name()))
                    .containsExactly(
                            "certificate:decline REFUSED", "certificate:decline DONE", "certificate:await DONE");
        } finally {
            directories.makeDefault(Actor.ROOT, usual.name());
        }
        upload(alice, site.name());
        // What somebody has brought nobody renews.
        assertThat(refusal(Conflict.class, () -> certificates.await(alice, site.name())))
                .isEqualTo(Problem.of("certificate-there-unrenewed", site.name()));
        assertThat(certificates.find(alice, site.name()).automatic()).isEmpty();
    }

    @Test
    void thatFailsBesideOneThatSomebodyHasBroughtCanBeGivenUp() {
        var account = accountWithPassword();
        var alice = account.actor();
        var site = site(alice);
        var authority = authority(true);
        var wish = new CertificateDraft(Optional.of(authority.name()), Optional.empty(), Optional.empty());
        upload(alice, site.name());
        over(certificates.issue(alice, site.name(), wish));
        assertThat(certificates.find(alice, site.name()).failures()).isEqualTo(1);
        var path = "/api/v1/sites/" + site.name() + "/certificate";
        assertThat(with(alice)
                        .send("PATCH", path, "{\"automatic\":false}", "application/json")
                        .statusCode())
                .isEqualTo(200);
        var view = certificates.find(alice, site.name());
        assertThat(view.nextAt()).isEmpty();
        assertThat(view.problem()).isEmpty();
        assertThat(view.failures()).isZero();
        assertThat(view.served()).map(CertificateView::number).contains(1);

        var browser = Visitor.withBrowser();
        browser.logIn(alice.name(), account.password());
        var page = "/sites/" + site.id() + "/certificate";
        assertThat(browser.get(page).body()).doesNotContain("decline-form");
        over(certificates.issue(alice, site.name(), wish));
        assertThat(browser.submit(page, "decline-form", "give-up", Map.of()).statusCode())
                .isEqualTo(302);
        assertThat(certificates.find(alice, site.name()).nextAt()).isEmpty();
        rows.change("update certificate set directory_id = ? where site_id = ?", authority.id(), site.id());
        due(site.id());
        assertThat(refusal(Conflict.class, () -> certificates.decline(alice, site.name())))
                .isEqualTo(Problem.of("certificate-there", site.name()));
    }

    @Test
    void isNotOrderedWithoutTheNameThatVisitorsKnowUntilThatIsConfirmed() {
        var alice = owner("alice");
        var site = site(alice);
        var authority = authority(true);
        Function<Boolean, CertificateDraft> without = confirmed -> new CertificateDraft(
                Optional.of(authority.name()),
                Optional.empty(),
                Optional.of(List.of(site.name())),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                confirmed);
        asked(
                site,
                confirmed -> certificates.issue(alice, site.name(), without.apply(confirmed)),
                "certificate-left-out-canonical");
        // What was left out before is asked about no more.
        over(certificates.issue(alice, site.name(), without.apply(false)));
        assertThat(certificates.find(alice, site.name()).leftOut()).containsExactly(site.name());
        // Who goes back to one that is for it wants it from then on.
        upload(alice, site.name());
        upload(alice, site.name());
        over(certificates.goBack(alice, site.name(), Optional.empty(), false));
        assertThat(certificates.find(alice, site.name()).leftOut()).isEmpty();
    }

    @Test
    void isSaidOnThePageOfItsSiteToComeByItselfOrNot() {
        var account = accountWithPassword();
        var site = site(account.actor());
        var browser = Visitor.withBrowser();
        browser.logIn(account.actor().name(), account.password());
        var page = "/sites/" + site.id() + "/certificate";
        assertThat(browser.get(page).body()).contains("data-coming=\"true\"", "data-test=\"decline\"");
        assertThat(browser.submit(page, "coming-form", "decline", Map.of()).statusCode())
                .isEqualTo(302);
        assertThat(browser.get(page).body()).contains("data-coming=\"false\"");
        assertThat(browser.submit(page, "coming-form", "await", Map.of()).statusCode())
                .isEqualTo(302);
        assertThat(certificates.find(account.actor(), site.name()).automatic()).contains(true);
        upload(account.actor(), site.name());
        assertThat(browser.get(page).body()).doesNotContain("data-coming", "coming-form");
    }

    @Test
    void thatIsAwaitedComesFromTheNewDefaultAndWhatWasChosenStays() {
        var alice = owner("alice");
        var awaiting = site(alice);
        var choosing = site(alice);
        var usual = directories.list(Actor.ROOT).get(0);
        var own = authority(true);
        var next = authority(true);
        directories.makeDefault(Actor.ROOT, own.name());
        try {
            over(certificates.issue(alice, choosing.name(), from(own)));
            turn(awaiting);
            assertThat(certificates.find(alice, awaiting.name()).nextAt())
                    .hasValueSatisfying(then -> assertThat(then).isAfter(Instant.now()));
            directories.makeDefault(Actor.ROOT, next.name());
            var moved = certificates.find(alice, awaiting.name());
            assertThat(moved.authority()).contains(next.name());
            assertThat(moved.nextAt())
                    .hasValueSatisfying(then -> assertThat(then).isBeforeOrEqualTo(Instant.now()));
            assertThat(certificates.find(alice, choosing.name()).authority()).contains(own.name());
            assertThat(certificates.find(alice, choosing.name()).nextAt())
                    .hasValueSatisfying(then -> assertThat(then).isAfter(Instant.now()));
        } finally {
            directories.makeDefault(Actor.ROOT, usual.name());
        }
    }

    private List<CertificateRow> listed(SiteView site, Map<String, String> filters) {
        return certificates
                .list(Actor.ROOT, new PageRequest(0, 100, "nextAt", true, site.name(), filters))
                .rows();
    }

    /** The same, but sites for which nobody has chosen anything get none. */
    private static DirectoryDraft silent(String name) {
        var loud = draft(name, true, "", "");
        return new DirectoryDraft(
                loud.name(),
                loud.url(),
                loud.email(),
                loud.profile(),
                loud.roots(),
                true,
                Optional.of(false),
                loud.externalKeyId(),
                loud.externalKey());
    }

    /** The first sites of an authority get theirs at once, and each is told the account. */
    @Test
    void isOrderedByAnAccountOfWhichSeveralHearAtTheSameMoment() throws InterruptedException {
        var authority = authority(true);
        var hearing = Stream.generate(() -> (Callable<String>) () -> {
                    ledger.registered(authority.id(), "https://acme.example/account/1", "");
                    return "heard";
                })
                .limit(8)
                .toList();
        assertThat(atOnce(hearing)).containsOnly("heard");
        assertThat(directories.find(Actor.ROOT, authority.name()).account()).contains("https://acme.example/account/1");
    }

    @Test
    void ofWhichAnAuthorityKnowsIsAReasonToKeepIt() {
        var alice = owner("alice");
        var authority = authority(true);
        over(certificates.issue(alice, site(alice).name(), from(authority)));
        assertThat(refusal(Conflict.class, () -> directories.delete(Actor.ROOT, authority.name()))
                        .code())
                .isEqualTo("authority-in-use");
    }

    private DirectoryView authority(boolean termsAgreed) {
        return directories.create(Actor.ROOT, draft("Authority " + Fresh.random(), termsAgreed, "", ""));
    }

    private static DirectoryDraft draft(String name, boolean termsAgreed, String keyId, String key) {
        return new DirectoryDraft(
                name,
                "https://acme.example/" + name.replace(' ', '-'),
                Optional.of("host@harbour-test.com"),
                Optional.empty(),
                Optional.empty(),
                termsAgreed,
                Optional.of(true),
                Optional.of(keyId),
                Optional.of(key));
    }

    private static CertificateDraft from(DirectoryView authority) {
        return new CertificateDraft(Optional.of(authority.name()), Optional.empty(), Optional.empty());
    }

    /** Waits until the clock, which has not room for all at once, has begun with a site, and until that is over. */
    private JobView turn(SiteView site) {
        var before = newestJob(site.id()).id();
        Eventually.holds("the site has its turn", () -> {
            sweep("certificate-renewals");
            return newestJob(site.id()).id() != before;
        });
        return over(newestJob(site.id()));
    }

    /** As somebody could write it by hand only. */
    private void keyType(String word, long site) {
        rows.change(
                "set statement check_constraint_checks = 0 for"
                        + " update certificate set key_type = ? where site_id = ?",
                word,
                site);
    }

    private void due(long site) {
        rows.change(
                "update site_certificate set due_at = utc_timestamp(6) - interval 1 second where site_id = ?", site);
    }
}
