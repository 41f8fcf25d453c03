package org.berth.web.jobs;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.berth.jobs.JobState;
import org.berth.jobs.JobText;
import org.berth.jobs.JobView;

/**
 * A job as the API shows it.
 *
 * @param title what it does, in the reader's language
 * @param actor who caused it
 * @param steps empty in lists
 * @param problem why it did not succeed
 * @param revision raised with every change
 */
public record JobJson(
        long id,
        String type,
        String title,
        JobState state,
        Optional<SiteReference> site,
        String targetName,
        String actor,
        List<StepJson> steps,
        Instant createdAt,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        Optional<ReasonJson> problem,
        int revision,
        boolean cancellable,
        boolean retryable) {

    /** The site that a job works on; missing when it works on the panel itself, or on all. */
    public record SiteReference(long id, String name) {}

    /** The job in the reader's language. */
    public static JobJson of(JobView job, Locale locale) {
        return new JobJson(
                job.id(),
                job.type(),
                JobText.job(job.type(), locale),
                job.state(),
                job.siteId().filter(site -> site != 0).map(site -> new SiteReference(site, job.targetName())),
                job.targetName(),
                job.actorName(),
                job.steps().stream()
                        .map(step -> StepJson.of(job.type(), step, locale))
                        .toList(),
                job.createdAt(),
                job.startedAt(),
                job.finishedAt(),
                job.problem().map(problem -> ReasonJson.of(problem, locale)),
                job.revision(),
                job.cancellable(),
                job.retryable());
    }
}
