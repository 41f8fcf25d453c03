package org.berth.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.berth.accounts.AccountState;
import org.berth.audit.Result;
import org.berth.certificates.CertificateState;
import org.berth.certificates.ChallengeKind;
import org.berth.certificates.KeyType;
import org.berth.dns.DnsKind;
import org.berth.doctor.Doctor;
import org.berth.doctor.Finding;
import org.berth.fixture.Eventually;
import org.berth.fixture.Fresh;
import org.berth.jobs.JobState;
import org.berth.jobs.JobView;
import org.berth.jobs.StepState;
import org.berth.mail.MailSecurity;
import org.berth.mail.MailState;
import org.berth.platform.ClockJump;
import org.berth.platform.ClockLedger;
import org.berth.platform.Conflict;
import org.berth.platform.PageRequest;
import org.berth.platform.Problem;
import org.berth.security.Actor;
import org.berth.security.Role;
import org.berth.security.Via;
import org.berth.sites.Hsts;
import org.berth.sites.NameKind;
import org.berth.sites.SiteChange;
import org.berth.sites.SiteDraft;
import org.berth.sites.SiteRow;
import org.berth.sites.SiteState;
import org.berth.sites.SiteType;
import org.berth.sites.WwwChoice;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody changes rows by hand while a site with PHP and a database is being made. */
@DisplayName("A job whose rows were changed by hand")
class AlteredRowsIT extends WithinPanel {

    @Inject
    private Doctor doctor;

    @Inject
    private ClockLedger clock;

    private static final List<String> TAKEN_BACK = List.of("site-user-create", "site-files-remove", "site-user-remove");

    @ParameterizedTest
    @ValueSource(strings = {"a.com;id", "a.com\nroot /;", "../../etc", "$(id).com", "localhost", ""})
    void isUndoneBeforeANameThatIsNoneReachesTheHost(String name) {
        var alice = owner("alice");
        var verbs = Verbs.of(alice);
        var job = whileItsUserIsMade(alice, site -> rows.change("update site set name = ? where id = ?", name, site));
        assertThat(job.state()).isEqualTo(JobState.UNDONE);
        assertThat(job.problem().orElseThrow().code()).isEqualTo("site-damaged");
        assertThat(verbs.called()).containsExactlyElementsOf(TAKEN_BACK);
    }

    /** Of a site's own name, or of one of the names that it holds. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "site set name = ? where id = ?",
                "site_host_name set name = ? where kind = 'WWW' and site_id = ?"
            })
    void leavesASiteThatIsShownAsDamagedWhileAllElseGoesOn(String rowsOf) {
        var account = accountWithPassword();
        var alice = account.actor();
        rows.change("update account set role = 'ADMINISTRATOR' where id = ?", alice.accountId());
        var part = Fresh.random();
        var whole = site(alice, "whole-" + part + ".com");
        var damaged = site(alice, "damaged-" + part + ".com");
        var none = "<b>" + part + "\n/;";
        rows.change("update " + rowsOf, none, damaged.id());
        var ownName = sites.list(alice, PageRequest.first(10)).rows().stream()
                .filter(SiteRow::damaged)
                .toList();
        if (rowsOf.startsWith("site set")) {
            assertThat(ownName).extracting(SiteRow::id, SiteRow::name).containsExactly(tuple(damaged.id(), none));
        } else {
            assertThat(ownName).isEmpty();
        }
        assertThat(sites.list(alice, PageRequest.first(10)).total()).isEqualTo(2);

        var id = String.valueOf(damaged.id());
        assertThat(sites.find(alice, id).damage().orElseThrow().code()).isEqualTo("site-damaged");
        assertThat(sites.find(alice, whole.name()).damage()).isEmpty();
        assertThat(doctor.examine(Actor.ROOT).findings())
                .filteredOn(finding -> finding.site() == damaged.id() && finding.isRepairable())
                .isEmpty();
        assertThat(doctor.examine(Actor.ROOT).findings())
                .filteredOn(finding -> "site-damaged".equals(finding.problem().code()))
                .extracting(Finding::site)
                .contains(damaged.id())
                .doesNotContain(whole.id());
        var browser = Visitor.withBrowser();
        browser.logIn(alice.name(), account.password());
        for (var path : List.of("/", "/sites?owner=" + alice.name(), "/jobs", "/audit", "/doctor")) {
            assertThat(browser.get(path).statusCode()).as(path).isEqualTo(200);
        }
        assertThat(browser.get("/sites?owner=" + alice.name()).body().contains("data-test=\"damaged\""))
                .isEqualTo(!ownName.isEmpty());
        for (var page : List.of("", "/domains", "/activity", "/danger")) {
            assertThat(browser.get("/sites/" + id + page).body())
                    .as(page)
                    .contains("data-code=\"site-damaged\"")
                    .doesNotContain("<b>" + part, "data-test=\"open\"");
        }
        var visitor = with(alice);
        for (var path : List.of("/api/v1/sites", "/api/v1/sites/" + id, "/api/v1/jobs", "/api/v1/audit")) {
            assertThat(visitor.get(path).statusCode()).as(path).isEqualTo(200);
        }
        var change = new SiteChange(Optional.empty(), Optional.of(WwwChoice.NONE), Optional.empty());
        assertThat(refusal(Conflict.class, () -> sites.update(alice, id, change))
                        .code())
                .isEqualTo("site-damaged");

        assertThat(over(sites.suspend(alice, id, "test")).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(over(sites.delete(alice, id)).state()).isEqualTo(JobState.SUCCEEDED);
        rows.change("update site set purge_at = utc_timestamp(6) - interval 1 second where id = ?", damaged.id());
        sweep("site-purges");
        assertThat(over(newestJob(damaged.id())).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(sites.list(alice, PageRequest.first(10)).total()).isEqualTo(1);
        assertThat(doctor.examine(Actor.ROOT).findings())
                .filteredOn(finding -> "site-damaged".equals(finding.problem().code()))
                .extracting(Finding::site)
                .doesNotContain(damaged.id());
    }

    /** The clock takes it up again soon, perhaps before anybody has looked. */
    @Test
    void jobThatNobodyWorksOnIsToldByTheCheckUp() {
        var alice = owner("alice");
        var site = site(alice);
        var job = over(sites.suspend(alice, site.name(), "test"));
        Eventually.holds("it is told", () -> {
            rows.change(
                    "update job set state = 'RUNNING', lease_holder = 'gone', lease_until = utc_timestamp(6) where id = ?",
                    job.id());
            return doctor.examine(Actor.ROOT).findings().stream()
                    .anyMatch(finding -> finding.site() == site.id()
                            && "doctor-job".equals(finding.problem().code()));
        });
        assertThat(over(job).state()).isEqualTo(JobState.SUCCEEDED);
    }

    /** Each word of an enumeration is stored, so one that was forgotten in the schema would fail too. */
    @Test
    void neverGetsAWordThatThePanelDoesNotKnow() {
        var site = site(owner("alice"));
        for (var column : List.of("type", "state", "www", "php_version", "hsts")) {
            assertThatThrownBy(() -> rows.change("update site set " + column + " = 'odd' where id = ?", site.id()))
                    .as(column)
                    .hasMessageContaining("site_" + column + "_words");
        }
        assertThat(unknownTo("site", "type", SiteType.values())).isEmpty();
        assertThat(unknownTo("site", "state", SiteState.values())).isEmpty();
        assertThat(unknownTo("site", "www", WwwChoice.values())).isEmpty();
        assertThat(unknownTo("site", "hsts", Hsts.values())).isEmpty();
        assertThat(unknownTo("site_host_name", "kind", NameKind.values())).isEmpty();
        assertThat(unknownTo("job", "state", JobState.values())).isEmpty();
        assertThat(unknownTo("job", "actor_role", Role.values())).isEmpty();
        assertThat(unknownTo("job", "via", Via.values())).isEmpty();
        assertThat(unknownTo("job_step", "state", StepState.values())).isEmpty();
        assertThat(unknownTo("account", "role", Role.values())).isEmpty();
        assertThat(unknownTo("account", "state", AccountState.values())).isEmpty();
        assertThat(unknownTo("audit_entry", "via", Via.values())).isEmpty();
        assertThat(unknownTo("audit_entry", "result", Result.values())).isEmpty();
        assertThat(unknownTo("site_certificate", "key_type", KeyType.values())).isEmpty();
        assertThat(unknownTo("certificate", "key_type", KeyType.values())).isEmpty();
        assertThat(unknownTo("certificate", "state", CertificateState.values())).isEmpty();
        assertThat(unknownTo("site_certificate", "challenge", ChallengeKind.values()))
                .isEmpty();
        assertThat(unknownTo("dns_access", "kind", DnsKind.values())).isEmpty();
        assertThat(unknownTo("mail", "state", MailState.values())).isEmpty();
        assertThat(unknownTo("mail_server", "security", MailSecurity.values())).isEmpty();
    }

    /** To the collation, blanks at the end are nothing, and to a regular expression a line may end before its end. */
    @Test
    void neverGetsAWordWithSomethingBehindIt() {
        var siteName = Fresh.siteName("words");
        over(sites.create(owner("alice"), SiteDraft.of(siteName, SiteType.PHP)));
        var id = sites.find(Actor.ROOT, siteName).id();
        rows.change(
                "insert into site_certificate (site_id, directory_id, key_type, left_out) values (?, 1, 'EC_256', '[]')",
                id);
        rows.change(
                "insert into certificate (site_id, number, directory_id, state, names, key_type, created_at)"
                        + " values (?, 1, 1, 'REQUESTED', '[]', 'EC_256', utc_timestamp())",
                id);
        rows.change(
                "insert into acme_order (directory_id, certificate_id, names_digest, tokens, state, made_at)"
                        + " select 1, id, repeat('0', 64), '[]', 'OPEN', utc_timestamp() from certificate"
                        + " where site_id = ?",
                id);
        rows.change("insert into dns_access (name, kind, zones) values (?, 'HOOK', '[]')", siteName);
        rows.change("insert into mail (recipient, language, subject, body, state, created_at)"
                + " values ('a@example.com', 'en', 's', 'b', 'FAILED', utc_timestamp())");
        rows.change("insert ignore into mail_server (host, port, security, sender, recipients, language, alarms)"
                + " values ('mail.example.com', 25, 'NONE', 'a@example.com', '[]', 'en', '[]')");
        // What has room for two letters only has none for something behind them.
        var checks = rows.values("select concat(table_name, '.', constraint_name) from"
                + " information_schema.check_constraints as checks join information_schema.columns using (table_name)"
                + " where constraint_schema = database() and table_schema = database()"
                + " and constraint_name = concat(table_name, '_', column_name, '_words')"
                + " and character_maximum_length > 2 order by 1");
        assertThat(checks).isNotEmpty();
        for (var check : checks) {
            var table = check.substring(0, check.indexOf('.'));
            var name = check.substring(table.length() + 1);
            var column = name.substring(table.length() + 1, name.length() - "_words".length());
            for (var behind : List.of(" ", "\n")) {
                assertThatThrownBy(() -> rows.change(
                                "update %1$s set %2$s = concat(%2$s, ?) where %2$s is not null limit 1"
                                        .formatted(table, column),
                                behind))
                        .as(check)
                        .hasMessageContaining(name);
            }
        }
        rows.change("delete from dns_access where name = ?", siteName);
        rows.change("delete from mail where recipient = 'a@example.com'");
        rows.change("delete from mail_server where host = 'mail.example.com'");
    }

    @Test
    void holdsUpNeitherTheClockNorTheSweepsOfOthers() {
        var alice = owner("alice");
        var timeless = site(alice);
        var moved = site(alice);
        over(sites.delete(alice, timeless.name()));
        over(sites.delete(alice, moved.name()));
        rows.change("update site set purge_at = null where id = ?", timeless.id());
        clock.see(new ClockJump(Instant.now(), Duration.ofDays(1)));
        clock.see(new ClockJump(Instant.now(), Duration.ofDays(-1)));
        rows.change("update site set purge_at = utc_timestamp(6) - interval 1 second where id = ?", moved.id());
        sweep("site-purges");
        assertThat(over(newestJob(moved.id())).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(sites.find(alice, timeless.name()).state()).isEqualTo(SiteState.DELETED);
    }

    @Test
    void isTriedAgainAlthoughOthersBeforeItCannotBe() {
        var alice = owner("alice");
        var verbs = Verbs.of(alice);
        verbs.fail("site-user-remove");
        var failed = Stream.of("unreadable", "timeless", "well")
                .map(name -> purged(alice, Fresh.siteName(name)))
                .toList();
        failed.forEach(job -> assertThat(job.state()).isEqualTo(JobState.FAILED));
        verbs.succeed("site-user-remove");
        rows.change(
                "update job set input = 'not json' where id = ?", failed.get(0).id());
        rows.change(
                "update job set started_at = null, problem_args = 'not json' where id = ?",
                failed.get(1).id());
        rows.change(
                "update job set started_at = started_at - interval 1 hour, finished_at = finished_at - interval 1 hour"
                        + " where id in (?, ?)",
                failed.get(0).id(),
                failed.get(2).id());
        assertThat(jobs.list(alice, PageRequest.first(10)).rows())
                .extracting(JobView::id)
                .contains(failed.get(1).id());
        sweep("job-retries");
        assertThat(over(failed.get(1)).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(over(failed.get(2)).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(jobs.find(alice, failed.get(0).id()).state()).isEqualTo(JobState.FAILED);
    }

    /** The job that removes a new site for good. */
    private JobView purged(Actor owner, String name) {
        var site = site(owner, name);
        over(sites.delete(owner, name));
        // Under the owner's name, since it is that one's verbs that fail.
        return over(sites.purge(
                new Actor(owner.accountId(), owner.name(), Role.ADMINISTRATOR, Via.REST, ADDRESS),
                String.valueOf(site.id())));
    }

    @Test
    void isUndoneBeforeAVersionThatIsNoneReachesTheHost() {
        var alice = owner("alice");
        var job = whileItsUserIsMade(
                alice,
                site -> rows.change(
                        "update job set input = replace(input, '\"8.4\"', '\"../8\"') where site_id = ?", site));
        assertThat(job.state()).isEqualTo(JobState.UNDONE);
        assertThat(job.problem()).contains(Problem.of("php-version-malformed", "../8"));
        assertThat(Verbs.of(alice).calls()).noneMatch(call -> call.contains("../8"));
    }

    @Test
    void isUndoneWhenThePasswordOfItsDatabaseCannotBeOpened() {
        var alice = owner("alice");
        var job = whileItsUserIsMade(
                alice, site -> rows.change("update site_database set secret = 'x;drop' where site_id = ?", site));
        assertThat(job.state()).isEqualTo(JobState.UNDONE);
        assertThat(job.problem().orElseThrow().code()).isEqualTo("job-bug");
        assertThat(Verbs.of(alice).called()).doesNotContain("database-create");
    }

    @Test
    void takesTheNameOfItsDatabaseFromNoRow() {
        var alice = owner("alice");
        var job = whileItsUserIsMade(
                alice,
                site -> rows.change(
                        "update site_database set name = 'mysql', user_name = 'root' where site_id = ?", site));
        assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(Verbs.of(alice).calls()).noneMatch(call -> call.contains("mysql") || call.contains("root"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                input   | not json
                input   | []
                site_id | 999999999
                """)
    void isStalledWithAReasonWhenItCannotEvenBeWrittenHowItWent(String column, String value) {
        var alice = owner("alice");
        var job = whileItsUserIsMade(
                alice, site -> rows.change("update job set %s = ? where site_id = ?".formatted(column), value, site));
        assertThat(job.state()).isEqualTo(JobState.STALLED);
        assertThat(job.problem().orElseThrow().code()).isEqualTo("job-rows");
        assertThat(job.retryable()).isTrue();
    }

    @Test
    void isStalledWhenTheHostHasSeenANewerOrderThanTheRowsKnow() {
        var alice = owner("alice");
        var verbs = Verbs.of(alice);
        var site = site(alice);
        verbs.outrank("site-state");
        var job = over(sites.suspend(alice, site.name(), "test"));
        assertThat(job.state()).isEqualTo(JobState.STALLED);
        assertThat(job.problem())
                .contains(Problem.of("job-outranked", job.steps().get(0).name()));
        verbs.succeed("site-state");
        assertThat(over(jobs.retry(alice, job.id())).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void isStalledWhenTheHostOutranksItOnItsWayBack() {
        var alice = owner("alice");
        var verbs = Verbs.of(alice);
        verbs.fail("site-files-create");
        verbs.outrank("site-user-remove");
        var job = over(sites.create(alice, SiteDraft.of(Fresh.siteName("back"), SiteType.STATIC)));
        assertThat(job.state()).isEqualTo(JobState.STALLED);
        assertThat(job.problem().orElseThrow().code()).isEqualTo("job-outranked");
    }

    /** Those of the words that the schema does not let in. */
    private List<String> unknownTo(String table, String column, Enum<?>... words) {
        var check = rows.value(
                "select check_clause from information_schema.check_constraints where constraint_schema = database()"
                        + " and constraint_name = ?",
                table + "_" + column + "_words");
        return Stream.of(words)
                .map(Enum::name)
                .filter(word -> !check.contains("'" + word + "'"))
                .toList();
    }

    /** The job of a new site when it is over; the rows were changed in the middle of its first step. */
    private JobView whileItsUserIsMade(Actor owner, LongConsumer change) {
        var draft = new SiteDraft(
                Fresh.siteName("altered"),
                SiteType.PHP,
                true,
                Optional.empty(),
                Optional.of("8.4"),
                Optional.empty(),
                List.of(),
                Optional.empty());
        JobView job;
        try (var held = Verbs.of(owner).hold("site-user-create")) {
            job = sites.create(owner, draft);
            held.reached();
            change.accept(job.siteId().orElseThrow());
        }
        return over(job);
    }
}
