package org.berth.jobs;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;

/** Turns jobs into what people get to see. */
@Dependent
class JobViews {

    private final JobRecipes recipes;

    @Inject
    JobViews(JobRecipes recipes) {
        this.recipes = recipes;
    }

    /** With its steps. */
    JobView full(Job job) {
        return view(job, job.steps().stream().map(JobStep::view).toList());
    }

    /** Without steps, for lists. */
    JobView row(Job job) {
        return view(job, List.of());
    }

    static JobChanged change(Job job) {
        return new JobChanged(
                job.id(), job.ownerId(), job.siteId().orElse(0L), job.state().isOver());
    }

    private JobView view(Job job, List<StepView> steps) {
        return new JobView(
                job.id(),
                job.type(),
                job.state(),
                job.siteId(),
                job.targetName(),
                job.ownerId(),
                job.actor().name(),
                steps,
                job.createdAt(),
                job.startedAt(),
                job.finishedAt(),
                job.problem(),
                job.revision(),
                isCancellable(job),
                job.state().isRetryable());
    }

    private boolean isCancellable(Job job) {
        var begun = job.state() == JobState.RUNNING;
        return !job.isCancelRequested()
                && (job.state() == JobState.QUEUED
                        || begun && recipes.of(job.type()).undoes());
    }
}
