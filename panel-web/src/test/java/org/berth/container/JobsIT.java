package org.berth.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.berth.fixture.Fresh;
import org.berth.jobs.JobState;
import org.berth.jobs.JobView;
import org.berth.jobs.StepState;
import org.berth.platform.Conflict;
import org.berth.platform.NotFound;
import org.berth.platform.PageRequest;
import org.berth.platform.Problem;
import org.berth.platform.ProblemText;
import org.berth.platform.TooManyAttempts;
import org.berth.security.Actor;
import org.berth.sites.SiteChange;
import org.berth.sites.SiteDraft;
import org.berth.sites.SiteState;
import org.berth.sites.SiteType;
import org.berth.sites.WwwChoice;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A job")
class JobsIT extends WithinPanel {

    /** Jobs that run at once. */
    private static final int RUNNING = 8;

    /** Those of them that may be one owner's. */
    private static final int RUNNING_OF_ONE = 4;

    /** Jobs of one owner that may wait. */
    private static final int WAITING = 50;

    @Test
    void isAloneAtItsSiteAndWhoeverComesSecondIsToldItsNumber() {
        var alice = owner("alice");
        var site = site(alice);
        try (var held = Verbs.of(alice).hold("site-state")) {
            var first = sites.suspend(alice, site.name(), "test");
            held.reached();
            for (var action : List.<Callable<?>>of(
                    () -> sites.delete(alice, site.name()),
                    () -> sites.suspend(alice, site.name(), "again"),
                    () -> sites.update(alice, site.name(), www(WwwChoice.SERVE_BOTH)))) {
                var refusal = refusal(Conflict.class, action);
                assertThat(refusal).isEqualTo(Problem.of("site-busy", site.name(), first.id(), "site-suspend"));
                assertThat(ProblemText.of(refusal, Locale.ENGLISH).why())
                        .startsWith("Job " + first.id() + " (Suspend site) is not over");
            }
            assertThat(jobs.list(Actor.ROOT, jobsOf(site.id())).total()).isEqualTo(2);
        }
    }

    @Test
    void usesUpNumbersOfSitesOnlyAsFastAsLeavesSomeForOthers() {
        var alice = owner("alice");
        rows.change(
                "insert into site (name, type, state, owner_id, plan_id, www, created_at) select 'gone.example', 'STATIC',"
                        + " 'REMOVED', ?, (select id from plan where is_default), 'NONE', utc_timestamp(6) - interval 23 hour"
                        + " from seq_1_to_99",
                alice.accountId());
        site(alice);
        var refused = refusal(TooManyAttempts.class, () -> creation(alice, Fresh.siteName("many")));
        assertThat(refused.code()).isEqualTo("sites-too-many");
        assertThat(refused.args().subList(1, 3)).map(Object::toString).containsExactly("100", "1");
        rows.change("update site set created_at = created_at - interval 2 hour where owner_id = ?", alice.accountId());
        site(alice);
    }

    @Test
    void leavesRoomToOthersAndSomebodyWhoWishesTooMuchIsRefused() {
        var alice = owner("alice");
        var bob = owner("bob");
        var site = site(alice);
        try (var held = Verbs.of(alice).hold("site-user-create")) {
            IntStream.range(0, RUNNING_OF_ONE).forEach(number -> creation(alice, Fresh.siteName("many")));
            held.reached(RUNNING_OF_ONE);
            IntStream.range(0, WAITING).forEach(number -> creation(alice, Fresh.siteName("many")));
            var refused = Fresh.siteName("many");
            assertThat(refusal(TooManyAttempts.class, () -> creation(alice, refused))
                            .code())
                    .isEqualTo("jobs-too-many");
            assertThat(rows.number("select count(*) from site where name = ?", refused))
                    .isZero();
            assertThat(refusal(TooManyAttempts.class, () -> sites.suspend(alice, site.name(), "test"))
                            .code())
                    .isEqualTo("jobs-too-many");
            // What administrators do to this owner's sites is not held up by what the owner wishes.
            assertThat(over(sites.suspend(Actor.ROOT, site.name(), "test")).state())
                    .isEqualTo(JobState.SUCCEEDED);
            assertThat(over(creation(bob, Fresh.siteName("few"))).state()).isEqualTo(JobState.SUCCEEDED);
            assertThat(rows.number(
                            "select count(*) from job where owner_id = ? and state = 'RUNNING'", alice.accountId()))
                    .isEqualTo(RUNNING_OF_ONE);
        }
    }

    /** Whatever they are: these are as short as any. */
    @Test
    void beginsAlthoughSomebodyElseHasManyThatHangInTheirOnlyStep() {
        var alice = owner("alice");
        var bob = owner("bob");
        var many =
                IntStream.range(0, RUNNING + 1).mapToObj(number -> site(alice)).toList();
        try (var held = Verbs.of(alice).hold("site-state")) {
            many.forEach(site -> sites.suspend(alice, site.name(), "test"));
            held.reached(RUNNING_OF_ONE);
            assertThat(over(creation(bob, Fresh.siteName("other"))).state()).isEqualTo(JobState.SUCCEEDED);
        }
        many.forEach(site ->
                assertThat(over(newestJob(site.id())).state()).as(site.name()).isEqualTo(JobState.SUCCEEDED));
    }

    /** After the panel was killed, its successor knows of each whose it is. */
    @Test
    void leavesRoomToOthersAlsoWhenItIsResumed() {
        var alice = owner("alice");
        var bob = owner("bob");
        var many = IntStream.range(0, RUNNING).mapToObj(number -> site(alice)).toList();
        for (var site : many) {
            var job = over(sites.suspend(alice, site.name(), "test"));
            // As a panel left it that is gone.
            rows.change("update site set state = 'ACTIVE' where id = ?", site.id());
            rows.change("update job_step set state = 'RUNNING' where job_id = ?", job.id());
            rows.change(
                    "update job set state = 'RUNNING', finished_at = null, active_site_id = site_id,"
                            + " lease_holder = 'gone' where id = ?",
                    job.id());
        }
        try (var held = Verbs.of(alice).hold("site-state")) {
            sweep("job-leases");
            held.reached(RUNNING + RUNNING_OF_ONE);
            assertThat(over(creation(bob, Fresh.siteName("other"))).state()).isEqualTo(JobState.SUCCEEDED);
        }
        many.forEach(site ->
                assertThat(over(newestJob(site.id())).state()).as(site.name()).isEqualTo(JobState.SUCCEEDED));
    }

    @Test
    void isTheOnlyOneOfManyThatAreWishedAtTheSameMoment() throws InterruptedException {
        var alice = owner("alice");
        var site = site(alice);
        try (var held = Verbs.of(alice).hold("site-state")) {
            var wishes = IntStream.range(0, 6)
                    .<Callable<?>>mapToObj(wish -> wish % 2 == 0
                            ? () -> sites.suspend(alice, site.name(), "wish " + wish)
                            : () -> sites.delete(alice, site.name()))
                    .toList();
            var outcomes = atOnce(wishes);
            held.reached();
            var winners = outcomes.stream()
                    .filter(JobView.class::isInstance)
                    .map(JobView.class::cast)
                    .toList();
            assertThat(winners).hasSize(1);
            var winner = winners.get(0);
            assertThat(outcomes)
                    .filteredOn(outcome -> outcome != winner)
                    .hasSize(5)
                    .allSatisfy(other -> assertThat(other)
                            .isInstanceOfSatisfying(
                                    Conflict.class,
                                    conflict -> assertThat(conflict.problem())
                                            .isEqualTo(
                                                    Problem.of("site-busy", site.name(), winner.id(), winner.type()))));
        }
    }

    @Test
    void doesNotBeginWhileThePanelIsDrainedAndDoesAfterwards() throws IOException {
        var crowd = administrator();
        var alice = owner("alice");
        var drain = Path.of(ConfigProvider.getConfig().getValue("berth.drain.file", String.class));
        JobView waiting;
        try {
            List<JobView> running;
            try (var held = Verbs.of(crowd).hold("site-user-create")) {
                running = IntStream.range(0, RUNNING)
                        .mapToObj(number -> creation(crowd, Fresh.siteName("crowd")))
                        .toList();
                held.reached(RUNNING);
                waiting = creation(alice, Fresh.siteName("waiting"));
                Files.createFile(drain);
                assertThat(refusal(Conflict.class, () -> creation(alice, Fresh.siteName("drained"))))
                        .isEqualTo(Problem.of("jobs-drained"));
            }
            // What runs goes on to its end.
            running.forEach(job -> assertThat(over(job).state()).isEqualTo(JobState.SUCCEEDED));
            // The sweep takes it for one that was missed.
            rows.change("update job set created_at = created_at - interval 1 minute where id = ?", waiting.id());
            sweep("job-leases");
            assertThat(jobs.find(alice, waiting.id()).state()).isEqualTo(JobState.QUEUED);
        } finally {
            Files.deleteIfExists(drain);
        }
        sweep("job-leases");
        assertThat(over(waiting).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void thatIsRetriedWhileAnotherBeginsGivesWayAndNamesIt() throws Exception {
        var alice = owner("alice");
        var verbs = Verbs.of(alice);
        var site = site(alice);
        verbs.fail("site-state");
        var failed = over(sites.suspend(alice, site.name(), "test"));
        assertThat(failed.state()).isEqualTo(JobState.FAILED);
        verbs.succeed("site-state");
        try (var held = verbs.hold("site-state")) {
            var transaction = transaction();
            transaction.begin();
            var other = sites.delete(alice, site.name());
            var retry = beside(() -> jobs.retry(alice, failed.id()));
            rows.awaitWaitForLock();
            transaction.commit();
            assertThat(outcome(retry))
                    .isInstanceOfSatisfying(
                            Conflict.class,
                            conflict -> assertThat(conflict.problem())
                                    .isEqualTo(Problem.of("site-busy", site.name(), other.id(), "site-delete")));
            held.reached(2);
        }
        assertThat(jobs.find(alice, failed.id()).state()).isEqualTo(JobState.FAILED);
    }

    @Test
    void thatWaitsIsCancelledWithoutATraceOnTheHost() {
        var crowd = administrator();
        var alice = owner("alice");
        var name = Fresh.siteName("waits");
        try (var held = Verbs.of(crowd).hold("site-user-create")) {
            IntStream.range(0, RUNNING).forEach(number -> creation(crowd, Fresh.siteName("crowd")));
            held.reached(RUNNING);
            var waiting = creation(alice, name);
            assertThat(jobs.find(alice, waiting.id()).state()).isEqualTo(JobState.QUEUED);
            assertThat(jobs.cancel(alice, waiting.id()).state()).isEqualTo(JobState.CANCELLED);
        }
        assertThat(Verbs.of(alice).called()).isEmpty();
        assertThat(refusal(NotFound.class, () -> sites.find(alice, name)).code())
                .isEqualTo("site-unknown");
        // Its name is free, and the runner has passed the cancelled one by.
        assertThat(over(creation(alice, name)).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void thatIsCancelledBetweenTwoStepsTakesBackWhatItDidTheNewestFirst() {
        var alice = owner("alice");
        var verbs = Verbs.of(alice);
        var name = Fresh.siteName("cancelled");
        JobView job;
        try (var held = verbs.hold("site-files-create")) {
            job = creation(alice, name);
            held.reached();
            var asked = jobs.cancel(alice, job.id());
            assertThat(asked.state()).isEqualTo(JobState.RUNNING);
            assertThat(asked.cancellable()).isFalse();
        }
        assertThat(over(job).state()).isEqualTo(JobState.CANCELLED);
        assertThat(verbs.called())
                .containsExactly("site-user-create", "site-files-create", "site-files-remove", "site-user-remove");
        assertThat(refusal(NotFound.class, () -> sites.find(alice, name)).code())
                .isEqualTo("site-unknown");
        assertThat(sites.checkName(alice, name).isFree()).isTrue();
    }

    @Test
    void thatCannotBeTakenBackCannotBeCancelled() {
        var alice = owner("alice");
        var site = site(alice);
        try (var held = Verbs.of(alice).hold("site-state")) {
            var job = sites.suspend(alice, site.name(), "test");
            held.reached();
            assertThat(refusal(Conflict.class, () -> jobs.cancel(alice, job.id()))
                            .code())
                    .isEqualTo("job-not-cancellable");
        }
    }

    @Test
    void thatFailsToCreateTakesBackWhatItDidAndSaysWhy() {
        var alice = owner("alice");
        var verbs = Verbs.of(alice);
        var name = Fresh.siteName("fails");
        verbs.fail("vhost-apply");
        var job = over(creation(alice, name));
        assertThat(job.state()).isEqualTo(JobState.UNDONE);
        assertThat(job.problem())
                .hasValueSatisfying(problem -> assertThat(
                                ProblemText.of(problem, Locale.ENGLISH).why())
                        .contains("A test wished it."));
        assertThat(verbs.called())
                .containsExactly(
                        "site-user-create",
                        "site-files-create",
                        "vhost-apply",
                        "vhost-remove",
                        "site-files-remove",
                        "site-user-remove");
        assertThat(sites.checkName(alice, name).isFree()).isTrue();
    }

    @Test
    void thatFailedGoesOnFromTheStepThatFailed() {
        var alice = owner("alice");
        var verbs = Verbs.of(alice);
        var name = Fresh.siteName("retry");
        over(sites.create(alice, SiteDraft.of(name, SiteType.PHP)));
        verbs.fail("vhost-apply");
        var failed = over(sites.update(
                alice, name, new SiteChange(Optional.of("8.2"), Optional.of(WwwChoice.SERVE_BOTH), Optional.empty())));
        assertThat(failed.state()).isEqualTo(JobState.FAILED);
        assertThat(failed.retryable()).isTrue();
        assertThat(failed.steps()).extracting(step -> step.state()).containsExactly(StepState.DONE, StepState.FAILED);
        verbs.succeed("vhost-apply");
        var before = verbs.called().size();
        assertThat(over(jobs.retry(alice, failed.id())).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(verbs.called().subList(before, verbs.called().size())).containsExactly("vhost-apply");
        assertThat(sites.find(alice, name).www()).isEqualTo(WwwChoice.SERVE_BOTH);
    }

    @Test
    void thatTheHostDidNotTakeBackIsTriedAgainByItselfAndOneThatItForbadeIsNot() {
        var alice = owner("alice");
        var bob = owner("bob");
        Verbs.of(alice).fail("vhost-apply");
        Verbs.of(alice).fail("site-files-remove");
        Verbs.of(bob).fail("vhost-apply");
        Verbs.of(bob).outrank("site-files-remove");
        var failed = over(creation(alice, Fresh.siteName("fails")));
        var outranked = over(creation(bob, Fresh.siteName("outranked")));
        Verbs.of(alice).succeed("site-files-remove");
        sweep("job-retries");
        assertThat(jobs.find(alice, failed.id()).state()).isEqualTo(JobState.STALLED);
        rows.change(
                "update job set started_at = started_at - interval 11 minute,"
                        + " finished_at = finished_at - interval 11 minute where id in (?, ?)",
                failed.id(),
                outranked.id());
        var before = Verbs.of(alice).called().size();
        sweep("job-retries");
        assertThat(over(failed).state()).isEqualTo(JobState.UNDONE);
        assertThat(Verbs.of(alice).called().stream().skip(before))
                .containsExactly("site-files-remove", "site-user-remove");
        assertThat(jobs.find(bob, outranked.id()).state()).isEqualTo(JobState.STALLED);
    }

    @Test
    void thatCouldNotBeTakenBackWaitsForAPersonAndThenTakesBackTheRest() {
        var alice = owner("alice");
        var verbs = Verbs.of(alice);
        var name = Fresh.siteName("stalls");
        verbs.fail("vhost-apply");
        verbs.fail("site-files-remove");
        var stalled = over(creation(alice, name));
        assertThat(stalled.state()).isEqualTo(JobState.STALLED);
        assertThat(sites.checkName(alice, name).isFree()).isFalse();
        verbs.succeed("site-files-remove");
        var before = verbs.called().size();
        assertThat(over(jobs.retry(alice, stalled.id())).state()).isEqualTo(JobState.UNDONE);
        assertThat(verbs.called().subList(before, verbs.called().size()))
                .containsExactly("site-files-remove", "site-user-remove");
        assertThat(sites.checkName(alice, name).isFree()).isTrue();
    }

    @Test
    void isOneForOneIdempotencyKeyHoweverOftenItIsSentAtOnce() throws InterruptedException {
        var alice = owner("alice");
        var draft = withKey(Fresh.siteName("key"));
        var outcomes = atOnce(java.util.Collections.nCopies(4, () -> sites.create(alice, draft)));
        assertThat(outcomes).allMatch(JobView.class::isInstance);
        assertThat(outcomes).extracting(job -> ((JobView) job).id()).containsOnly(((JobView) outcomes.get(0)).id());
        assertThat(sites.list(alice, PageRequest.first(10)).total()).isEqualTo(1);
    }

    @Test
    void answersOnlyToTheWishAndToThePersonWhoseKeyItHas() {
        var alice = owner("alice");
        var bob = owner("bob");
        var first = over(sites.create(alice, withKey(Fresh.siteName("key"))));
        var refusal = refusal(Conflict.class, () -> sites.create(alice, withKey(Fresh.siteName("key"))));
        assertThat(refusal)
                .isEqualTo(Problem.of("idempotency-key-reused", first.id()).at("idempotencyKey"));
        assertThat(over(sites.create(bob, withKey(Fresh.siteName("key")))).id()).isNotEqualTo(first.id());
    }

    @Test
    void leavesTheSiteToTheNextOneWhenItIsOver() {
        var alice = owner("alice");
        var site = site(alice);
        over(sites.suspend(alice, site.name(), "test"));
        over(sites.resume(alice, site.name()));
        assertThat(over(sites.delete(alice, site.name())).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(sites.find(alice, site.name()).state()).isEqualTo(SiteState.DELETED);
    }

    private JobView creation(Actor actor, String name) {
        return sites.create(actor, SiteDraft.of(name, SiteType.STATIC));
    }

    private static SiteDraft withKey(String name) {
        return draft(name, Optional.empty(), Optional.of("key"));
    }

    private static SiteChange www(WwwChoice www) {
        return new SiteChange(Optional.empty(), Optional.of(www), Optional.empty());
    }
}
