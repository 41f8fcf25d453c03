package org.berth.jobs;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Comparator;
import org.berth.host.VerbResult;
import org.berth.platform.Problem;

/**
 * Decides how a job goes on, forward or back, by what is stored of it. Knows nothing of threads and takes part in the
 * caller's transaction.
 */
@Dependent
class JobCourse {

    /** A step that took the panel down with it this often is not tried again. */
    private static final int MOST_ATTEMPTS = 3;

    private final JobRecipes recipes;
    private final JobAudit audit;
    private final Clock clock;

    @Inject
    JobCourse(JobRecipes recipes, JobAudit audit, Clock clock) {
        this.recipes = recipes;
        this.audit = audit;
        this.clock = clock;
    }

    /** A new run has the job: its current step may have been broken off. */
    Turn resume(Job job) {
        if (job.state() == JobState.UNDOING) {
            return back(job);
        }
        var broken = job.steps().stream()
                .filter(step -> step.state() == StepState.RUNNING)
                .findFirst();
        if (broken.isEmpty()) {
            return forward(job);
        }
        var step = broken.get();
        var recipe = recipes.of(job.type());
        if (recipe.step(step.name()).isIdempotent() && step.attempts() < MOST_ATTEMPTS) {
            return run(job, step);
        }
        var problem = Problem.of("job-interrupted", step.name());
        if (recipe.undoes()) {
            return failed(job, step.position(), problem, "");
        }
        step.fail("", clock.instant());
        return over(job, JobState.STALLED, problem);
    }

    Turn done(Job job, int position, VerbResult result) {
        var step = job.step(position);
        if (step.state() == StepState.RUNNING) {
            step.done(result.result().toString(), result.log(), clock.instant());
            job.touch();
            recipes.of(job.type()).step(step.name()).done(job.facts());
        }
        return forward(job);
    }

    Turn failed(Job job, int position, Problem problem, String log) {
        job.step(position).fail(log, clock.instant());
        if (!recipes.of(job.type()).undoes()) {
            return over(job, JobState.FAILED, problem);
        }
        job.blame(problem);
        job.undo();
        return back(job);
    }

    Turn undone(Job job, int position, String log) {
        job.step(position).undone(log, clock.instant());
        job.touch();
        return back(job);
    }

    Turn undoFailed(Job job, int position, Problem problem, String log) {
        job.step(position).undoFailed(log, clock.instant());
        return over(job, JobState.STALLED, problem);
    }

    /** A step can go neither forward nor back without a person. */
    Turn stalled(Job job, int position, Problem problem, String log) {
        job.step(position).fail(log, clock.instant());
        return over(job, JobState.STALLED, problem);
    }

    /** Ends a job whose rows nobody can go on with; so its recipe is not asked what follows. */
    void givenUp(Job job, Problem problem) {
        job.breakOff(clock.instant());
        job.blame(problem);
        job.finish(JobState.STALLED, clock.instant());
        audit.unfinished(job, JobState.STALLED);
    }

    /** Ends a job that has not begun. */
    void cancelUnbegun(Job job) {
        over(job, JobState.CANCELLED, null);
    }

    private Turn forward(Job job) {
        if (job.isCancelRequested() && recipes.of(job.type()).undoes()) {
            job.undo();
            return back(job);
        }
        return job.steps().stream()
                .filter(step -> step.state() == StepState.PENDING)
                .findFirst()
                .map(step -> run(job, step))
                .orElseGet(() -> over(job, JobState.SUCCEEDED, null));
    }

    private Turn run(Job job, JobStep step) {
        step.begin(clock.instant());
        return new Turn.Forward(job.facts(), job.lease(), step.position(), step.name());
    }

    private Turn back(Job job) {
        return job.steps().stream()
                .filter(JobStep::mayHaveLeftSomething)
                .max(Comparator.comparingInt(JobStep::position))
                .map(step -> undo(job, step))
                .orElseGet(() -> over(
                        job,
                        job.problem().isPresent() ? JobState.UNDONE : JobState.CANCELLED,
                        job.problem().orElse(null)));
    }

    private static Turn undo(Job job, JobStep step) {
        step.beginUndo();
        return new Turn.Back(job.facts(), job.lease(), step.position(), step.name());
    }

    private Turn over(Job job, JobState outcome, Problem problem) {
        job.blame(problem);
        job.finish(outcome, clock.instant());
        recipes.of(job.type()).over(job.facts(), outcome);
        if (outcome != JobState.SUCCEEDED) {
            audit.unfinished(job, outcome);
        }
        return new Turn.Over(job.facts());
    }
}
