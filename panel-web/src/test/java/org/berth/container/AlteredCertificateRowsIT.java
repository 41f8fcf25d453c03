package org.berth.container;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.json.Json;
import java.util.List;
import java.util.Optional;
import org.berth.certificates.AcmeDirectories;
import org.berth.certificates.CertificateDraft;
import org.berth.certificates.CertificateView;
import org.berth.certificates.Certificates;
import org.berth.certificates.ChallengeKind;
import org.berth.certificates.DirectoryDraft;
import org.berth.certificates.DirectoryView;
import org.berth.certificates.IssueLedger;
import org.berth.dns.DnsAccessDraft;
import org.berth.dns.DnsAccessView;
import org.berth.dns.DnsAccesses;
import org.berth.dns.DnsKind;
import org.berth.fixture.Fresh;
import org.berth.host.Lease;
import org.berth.jobs.JobFacts;
import org.berth.jobs.JobRecipe;
import org.berth.jobs.JobState;
import org.berth.jobs.StepContext;
import org.berth.platform.Conflict;
import org.berth.platform.HostFailure;
import org.berth.platform.Problem;
import org.berth.security.Actor;
import org.berth.sites.SiteChange;
import org.berth.sites.SiteView;
import org.berth.sites.TlsChange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Somebody changes rows by hand that say what authorities, name servers and verbs are asked for. */
@DisplayName("A certificate whose rows were changed by hand")
class AlteredCertificateRowsIT extends WithinPanel {

    private static final String EVIL = "[\"*.evil.example;id\", \"../../etc/passwd\", \"$(id)\\n\", \"\\\"'\"]";
    private static final String SOUND_TOKEN = "a".repeat(43);

    @Inject
    private Certificates certificates;

    @Inject
    private AcmeDirectories directories;

    @Inject
    private DnsAccesses accesses;

    @Inject
    private IssueLedger ledger;

    @Any
    @Inject
    private Instance<JobRecipe> recipes;

    /** An administrator's. */
    private Visitor browser;

    @Test
    void isOrderedFromNoAuthorityThatNobodyCouldHaveStored() {
        var alice = owner("alice");
        var damaged = authority();
        var whole = authority();
        var site = ordering(alice, damaged);
        var other = ordering(alice, whole);
        var problem = Problem.of("authority-damaged", damaged.id(), damaged.name());
        for (var change : List.of(
                "url = 'file:///etc/passwd'",
                "url = concat('https://acme.example/', char(10), 'Host: other')",
                "url = '$(id)'",
                "roots = 'none'",
                "profile = concat('a', char(10), 'b')",
                "email = 'a@example.com, b@example.com'")) {
            rows.change("update acme_directory set " + change + " where id = ?", damaged.id());
            assertThat(refusal(Conflict.class, () -> run("account", alice, site)))
                    .as(change)
                    .isEqualTo(problem);
            assertThat(refusal(Conflict.class, () -> directories.facts(Actor.ROOT, damaged.name())))
                    .as(change)
                    .isEqualTo(problem);
            assertThat(certificates.find(alice, site.name()).problem()).contains(problem);
            assertThat(refusal(HostFailure.class, () -> run("account", alice, other))
                            .code())
                    .isEqualTo("acme-unreachable");
            isShownAt(
                    "/authorities",
                    "/authorities/" + damaged.id(),
                    "/certificates",
                    "/sites/" + site.id() + "/certificate");
            directories.update(Actor.ROOT, String.valueOf(damaged.id()), draft(damaged.name()));
            assertThat(refusal(HostFailure.class, () -> run("account", alice, site))
                            .code())
                    .isEqualTo("acme-unreachable");
        }
    }

    @Test
    void isProvenByNoDnsAccessThatNobodyCouldHaveStored() {
        var access = access();
        var site = site(owner("alice"));
        var id = String.valueOf(access.id());
        for (var change : List.of(
                "account = '../../../bin/sh'",
                "account = concat('mine', char(10), 'id')",
                "zones = '[\"shop.invalid;id\"]'",
                "zones = 'not json'",
                "name = ''")) {
            rows.change("update dns_access set " + change + " where id = ?", access.id());
            assertThat(refusal(Conflict.class, () -> accesses.test(Actor.ROOT, id))
                            .code())
                    .as(change)
                    .isEqualTo("dns-access-damaged");
            var job = over(certificates.issue(Actor.ROOT, site.name(), by(id)));
            assertThat(job.state()).isEqualTo(JobState.UNDONE);
            assertThat(job.problem()).map(Problem::code).contains("dns-access-damaged");
            isShownAt("/dns", "/dns/" + id, "/sites/" + site.id() + "/certificate");
            accesses.update(Actor.ROOT, id, draft(access));
            assertThat(refusal(HostFailure.class, () -> accesses.test(Actor.ROOT, id))
                            .code())
                    .as(change)
                    .startsWith("dns-");
        }
        assertThat(Verbs.of(Actor.ROOT).calls())
                .noneMatch(call -> call.contains("/bin/sh") || call.contains("mine\\nid"));
    }

    @Test
    void leavesNoRecordOfAnotherOneBehind() {
        var access = access();
        var name = "_acme-challenge." + Fresh.random() + ".shop.invalid";
        for (var record : List.of("../etc\n;id", name)) {
            rows.change(
                    "insert into dns_record (access_id, holder, name, value, presented_at)"
                            + " values (?, 'test', ?, ?, utc_timestamp(6) - interval 2 hour)",
                    access.id(),
                    record,
                    SOUND_TOKEN);
        }
        sweep("dns-records-left");
        assertThat(rows.values("select name from dns_record where access_id = ?", access.id()))
                .containsExactly("../etc\n;id");
        assertThat(Verbs.of(Actor.SYSTEM).calls())
                .anyMatch(call -> call.startsWith("dns-hook") && call.contains(name))
                .noneMatch(call -> call.contains("../etc"));
        rows.change("delete from dns_record where access_id = ?", access.id());
    }

    @Test
    void isForTheNamesOfItsSiteOnly() {
        var alice = owner("alice");
        var access = access();
        var site = site(alice);
        over(certificates.issue(Actor.ROOT, site.name(), by(access.name(), "*." + site.name())));
        for (var words : List.of(EVIL, "not json", "{}", "[1, [2]]")) {
            rows.change(
                    "update site_certificate set left_out = ?, wildcards = ?, uncovered = ?, blamed = ?"
                            + " where site_id = ?",
                    words,
                    words,
                    words,
                    words,
                    site.id());
            rows.change("update certificate set names = ? where site_id = ?", words, site.id());
            isShownAt("/certificates", "/sites/" + site.id() + "/certificate");
            assertThat(with(alice)
                            .get("/api/v1/sites/" + site.id() + "/certificate")
                            .statusCode())
                    .isEqualTo(200);
            over(certificates.renew(alice, site.name()));
            assertThat(certificates.find(alice, site.name()).history())
                    .first()
                    .extracting(CertificateView::names)
                    .isEqualTo(List.of(site.name(), "www." + site.name()));
            assertThat(rows.value(
                            "select input from job where id = ?",
                            newestJob(site.id()).id()))
                    .doesNotContain("evil", "etc/passwd", "$(id)");
        }
    }

    @Test
    void hasNoAnswerTakenAwayThatNoAuthorityAskedFor() {
        var alice = owner("alice");
        var site = ordering(alice, authority());
        ledger.intend(facts(alice, site));
        rows.change(
                "update acme_order set tokens = ? where certificate_id in (select id from certificate where site_id = ?)",
                "[\"../../../etc/passwd\", \"" + SOUND_TOKEN + "\", \"$(id)\", \"" + "b".repeat(200) + "\"]",
                site.id());
        run("clean", alice, site);
        var calls = Verbs.of(alice).calls();
        assertThat(calls.get(calls.size() - 1))
                .startsWith("acme-challenge ")
                .contains("\"challenges\":[\"" + SOUND_TOKEN + "\"]");
    }

    @Test
    void isNeitherGoneBackToNorReliedOnWhenItIsNone() {
        var alice = owner("alice");
        var site = site(alice);
        rows.change(
                "insert into certificate (site_id, number, directory_id, state, names, key_type, chain, not_before,"
                        + " not_after, alarm_at, created_at, served_at, ended_at)"
                        + " select ?, 1, min(id), 'REPLACED', '[]', 'EC_256', ?, utc_timestamp(6),"
                        + " utc_timestamp(6) + interval 9 day, utc_timestamp(6) + interval 8 day, utc_timestamp(6),"
                        + " utc_timestamp(6), utc_timestamp(6) from acme_directory",
                site.id(),
                "-----BEGIN CERTIFICATE-----\n$(id)\n-----END CERTIFICATE-----\n");
        var problem = Problem.of("certificate-damaged", 1, site.id());
        assertThat(refusal(Conflict.class, () -> certificates.goBack(alice, site.name(), Optional.empty(), true)))
                .isEqualTo(problem);
        rows.change(
                "update certificate set state = 'SERVED', served_site_id = site_id, ended_at = null where site_id = ?",
                site.id());
        var toHttps = SiteChange.of(new TlsChange(Optional.of(true), Optional.empty(), Optional.empty(), false));
        assertThat(refusal(Conflict.class, () -> sites.update(alice, site.name(), toHttps)))
                .isEqualTo(problem);
        isShownAt("/certificates", "/sites/" + site.id(), "/sites/" + site.id() + "/certificate");
        assertThat(Verbs.of(alice).called()).doesNotContain("certificate-install");
        assertThat(over(sites.suspend(alice, site.name(), "test")).state()).isEqualTo(JobState.SUCCEEDED);
    }

    /** A site for which one was ordered, in vain since its names lead nowhere. */
    private SiteView ordering(Actor owner, DirectoryView authority) {
        var site = site(owner);
        over(certificates.issue(
                owner,
                site.name(),
                new CertificateDraft(Optional.of(authority.name()), Optional.empty(), Optional.empty())));
        return site;
    }

    /** One step of an issuance, as if those before it had gone well. */
    private Object run(String step, Actor actor, SiteView site) {
        var recipe = recipes.stream()
                .filter(some -> some.type().equals("certificate-issue"))
                .findFirst()
                .orElseThrow();
        return recipe.step(step).run(new StepContext(facts(actor, site), new Lease(1, 1, 1), step));
    }

    private JobFacts facts(Actor actor, SiteView site) {
        var input = Json.createObjectBuilder()
                .add("certificate", 1)
                .add("names", Json.createArrayBuilder().add(site.name()))
                .add("issued", false)
                .add("token", SOUND_TOKEN)
                .build();
        return new JobFacts(
                newestJob(site.id()).id(),
                "certificate-issue",
                Optional.of(site.id()),
                site.ownerId(),
                site.name(),
                actor,
                input);
    }

    private void isShownAt(String... paths) {
        if (browser == null) {
            var administrator = accountWithPassword();
            rows.change(
                    "update account set role = 'ADMINISTRATOR' where id = ?",
                    administrator.actor().accountId());
            browser = Visitor.withBrowser();
            browser.logIn(administrator.actor().name(), administrator.password());
        }
        for (var path : paths) {
            assertThat(browser.get(path).statusCode()).as(path).isEqualTo(200);
        }
    }

    private DirectoryView authority() {
        return directories.create(Actor.ROOT, draft("Authority " + Fresh.random()));
    }

    private static DirectoryDraft draft(String name) {
        return new DirectoryDraft(
                name,
                "https://127.0.0.1:1/dir",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true,
                Optional.of(true),
                Optional.empty(),
                Optional.empty());
    }

    private DnsAccessView access() {
        return accesses.create(Actor.ROOT, draft("Access " + Fresh.random(), List.of("shop.invalid"), "mine"));
    }

    private static DnsAccessDraft draft(DnsAccessView access) {
        return draft(access.name(), access.zones(), access.account().orElseThrow());
    }

    private static DnsAccessDraft draft(String name, List<String> zones, String program) {
        return new DnsAccessDraft(
                name,
                DnsKind.HOOK,
                zones,
                Optional.empty(),
                Optional.of(program),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    private CertificateDraft by(String access, String... wildcards) {
        return new CertificateDraft(
                Optional.of(authority().name()),
                Optional.empty(),
                Optional.empty(),
                Optional.of(ChallengeKind.DNS_01),
                Optional.of(access),
                Optional.of(List.of(wildcards)),
                false,
                false);
    }
}
