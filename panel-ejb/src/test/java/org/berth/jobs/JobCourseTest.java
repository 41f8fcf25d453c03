package org.berth.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.berth.host.Lease;
import org.berth.host.VerbResult;
import org.berth.platform.Problem;
import org.berth.security.Actor;
import org.berth.security.Permission;
import org.junit.jupiter.api.Test;

class JobCourseTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final VerbResult RESULT = new VerbResult(true, JsonObject.EMPTY_JSON_OBJECT, "said");
    private static final Problem PROBLEM = Problem.of("host-failed", "verb", "what", "why", "todo", "");

    private final Baking baking = new Baking();
    private final JobCourse course =
            new JobCourse(new JobRecipes(List.of(baking)), new SilentAudit(), Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void stepsRunOneAfterTheOther() {
        var job = leased(1);

        assertThat(stepOf(course.resume(job))).isEqualTo("knead");
        assertThat(stepOf(course.done(job, 1, RESULT))).isEqualTo("bake");
        assertThat(course.done(job, 2, RESULT)).isInstanceOf(Turn.Over.class);

        assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(baking.told).containsExactly("knead done", "bake done", "over SUCCEEDED");
        assertThat(job.finishedAt()).contains(NOW);
    }

    @Test
    void failedJobKeepsWhatIsDoneAndGoesOnFromThere() {
        var job = leased(1);
        course.resume(job);
        course.done(job, 1, RESULT);

        assertThat(course.failed(job, 2, PROBLEM, "log")).isInstanceOf(Turn.Over.class);
        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.problem()).contains(PROBLEM);

        job.reopen();
        lease(job, 2);
        assertThat(stepOf(course.resume(job))).isEqualTo("bake");
        assertThat(job.problem()).isEmpty();
    }

    @Test
    void failedJobRestsForAsLongAsItWasTriedButTenMinutesAtLeastAndADayAtMost() {
        assertThat(failedAfter(Duration.ofSeconds(3)).hasRested(NOW.plus(Duration.ofMinutes(10))))
                .isFalse();
        assertThat(failedAfter(Duration.ofSeconds(3)).hasRested(NOW.plus(Duration.ofMinutes(11))))
                .isTrue();
        assertThat(failedAfter(Duration.ofHours(3)).hasRested(NOW.plus(Duration.ofHours(5))))
                .isFalse();
        assertThat(failedAfter(Duration.ofHours(3)).hasRested(NOW.plus(Duration.ofHours(6))))
                .isTrue();
        assertThat(failedAfter(Duration.ofDays(9)).hasRested(NOW.plus(Duration.ofDays(10))))
                .isTrue();
        var stalled = leased(1);
        stalled.finish(JobState.STALLED, NOW);
        assertThat(stalled.hasRested(NOW.plus(Duration.ofMinutes(11)))).isTrue();
        var done = leased(1);
        done.finish(JobState.SUCCEEDED, NOW);
        // The clock was set back since: nobody waits until it has caught up.
        assertThat(failedAfter(Duration.ofHours(3)).hasRested(NOW)).isTrue();
        assertThat(done.hasRested(NOW.plus(Duration.ofDays(2)))).isFalse();
    }

    private Job failedAfter(Duration tried) {
        var job = leased(1);
        job.finish(JobState.FAILED, NOW.plus(tried));
        return job;
    }

    @Test
    void recipeThatUndoesTakesBackNewestFirstAndAlsoTheStepThatFailed() {
        baking.undoes = true;
        var job = leased(1);
        course.resume(job);
        course.done(job, 1, RESULT);

        var first = course.failed(job, 2, PROBLEM, "log");
        assertThat(first).isInstanceOf(Turn.Back.class);
        assertThat(stepOf(first)).isEqualTo("bake");
        assertThat(stepOf(course.undone(job, 2, ""))).isEqualTo("knead");
        assertThat(course.undone(job, 1, "")).isInstanceOf(Turn.Over.class);

        assertThat(job.state()).isEqualTo(JobState.UNDONE);
        assertThat(job.problem()).contains(PROBLEM);
        assertThat(baking.told).endsWith("over UNDONE");
    }

    @Test
    void whatCannotBeTakenBackWaitsForAPersonAndGoesOnTakingBack() {
        baking.undoes = true;
        var job = leased(1);
        course.resume(job);
        course.failed(job, 1, PROBLEM, "");

        assertThat(course.undoFailed(job, 1, PROBLEM, "")).isInstanceOf(Turn.Over.class);
        assertThat(job.state()).isEqualTo(JobState.STALLED);

        job.reopen();
        lease(job, 2);
        assertThat(job.state()).isEqualTo(JobState.UNDOING);
        assertThat(course.resume(job)).isInstanceOf(Turn.Back.class);
        course.undone(job, 1, "");
        assertThat(job.state()).isEqualTo(JobState.UNDONE);
    }

    @Test
    void cancelledJobStopsBetweenStepsAndTakesBack() {
        baking.undoes = true;
        var job = leased(1);
        course.resume(job);
        job.requestCancel();

        assertThat(course.done(job, 1, RESULT)).isInstanceOf(Turn.Back.class);
        course.undone(job, 1, "");

        assertThat(job.state()).isEqualTo(JobState.CANCELLED);
        assertThat(baking.told).doesNotContain("bake done");
    }

    @Test
    void idempotentStepIsRunAgainAfterACrash() {
        var job = leased(1);
        course.resume(job);

        lease(job, 2);
        var again = course.resume(job);

        assertThat(stepOf(again)).isEqualTo("knead");
        assertThat(job.step(1).attempts()).isEqualTo(2);
    }

    @Test
    void otherStepIsTakenBackAfterACrash() {
        baking.undoes = true;
        baking.idempotent = false;
        var job = leased(1);
        course.resume(job);

        lease(job, 2);

        assertThat(course.resume(job)).isInstanceOf(Turn.Back.class);
    }

    @Test
    void stepThatCanNeitherBeRepeatedNorTakenBackWaitsForAPerson() {
        baking.idempotent = false;
        var job = leased(1);
        course.resume(job);

        lease(job, 2);

        assertThat(course.resume(job)).isInstanceOf(Turn.Over.class);
        assertThat(job.state()).isEqualTo(JobState.STALLED);
        assertThat(job.problem()).map(Problem::code).contains("job-interrupted");
    }

    @Test
    void stepThatKillsThePanelIsNotTriedForEver() {
        var job = leased(1);
        course.resume(job);
        for (var crash = 2; crash <= 3; crash++) {
            lease(job, crash);
            assertThat(course.resume(job)).isInstanceOf(Turn.Forward.class);
        }

        lease(job, 4);

        assertThat(course.resume(job)).isInstanceOf(Turn.Over.class);
    }

    @Test
    void takenOverLeaseIsNoLongerValid() {
        var job = leased(1);
        var mine = job.lease();

        lease(job, 2);

        assertThat(job.isLeasedBy(mine)).isFalse();
    }

    private Job leased(long token) {
        var request = new JobRequest(
                "baking", Optional.of(7L), 3, "bread.test", JsonObject.EMPTY_JSON_OBJECT, Optional.empty());
        var job = new Job(Actor.ROOT, request, baking.steps(request.input()), NOW);
        lease(job, token);
        return job;
    }

    private static void lease(Job job, long token) {
        job.lease("boot", new Lease(0, 1, token), NOW, NOW.plusSeconds(60));
    }

    private static String stepOf(Turn turn) {
        return turn instanceof Turn.Forward forward ? forward.step() : ((Turn.Back) turn).step();
    }

    /** The audit is a table; what goes into it is seen in the container. */
    private static class SilentAudit extends JobAudit {
        @Override
        void unfinished(Job job, JobState outcome) {}
    }

    /** A recipe that writes down what it is told. */
    private static class Baking implements JobRecipe {

        private final List<String> told = new ArrayList<>();
        private boolean undoes;
        private boolean idempotent = true;

        @Override
        public String type() {
            return "baking";
        }

        @Override
        public List<String> steps(JsonObject input) {
            return List.of("knead", "bake");
        }

        @Override
        public Step step(String name) {
            return new Step() {
                @Override
                public VerbResult run(StepContext context) {
                    throw new AssertionError("the course runs nothing");
                }

                @Override
                public void done(JobFacts job) {
                    told.add(name + " done");
                }

                @Override
                public boolean isIdempotent() {
                    return idempotent;
                }
            };
        }

        @Override
        public Permission permission(JobFacts job) {
            return Permission.on("bread", "bake");
        }

        @Override
        public boolean undoes() {
            return undoes;
        }

        @Override
        public void over(JobFacts job, JobState outcome) {
            told.add("over " + outcome);
        }
    }
}
