package org.berth.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.berth.fixture.Fresh;
import org.berth.jobs.JobState;
import org.berth.jobs.JobView;
import org.berth.platform.Problem;
import org.berth.security.Actor;
import org.berth.sites.SiteDraft;
import org.berth.sites.SiteType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody changes rows by hand while a site with PHP and a database is being made. */
@DisplayName("A job whose rows were changed by hand")
class AlteredRowsIT extends WithinPanel {

    private static final List<String> TAKEN_BACK = List.of("site-user-create", "site-files-remove", "site-user-remove");

    @ParameterizedTest
    @ValueSource(strings = {"a.com;id", "a.com\nroot /;", "../../etc", "$(id).com", "localhost", ""})
    void isUndoneBeforeANameThatIsNoneReachesTheHost(String name) {
        var alice = owner("alice");
        var verbs = Verbs.of(alice);
        var job = whileItsUserIsMade(alice, site -> rows.change("update site set name = ? where id = ?", name, site));
        assertThat(job.state()).isEqualTo(JobState.UNDONE);
        assertThat(job.problem().orElseThrow().code()).startsWith("name-");
        assertThat(verbs.called()).containsExactlyElementsOf(TAKEN_BACK);
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
