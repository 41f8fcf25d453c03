package org.berth.jobs;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.berth.audit.Auditable;
import org.berth.audit.Target;
import org.berth.platform.Problem;

/**
 * A job as shown to people.
 *
 * @param type name of the recipe, such as {@code site-create}; its title is in {@link JobText}
 * @param siteId the site it works on, empty when on none
 * @param targetName name of what it works on, as it was when the job was accepted
 * @param ownerId account whose job it is: the site's owner
 * @param actorName who caused it
 * @param steps in order; empty in lists
 * @param problem why it did not succeed
 * @param revision raised with every visible change
 * @param cancellable whether asking to cancel it makes sense now
 * @param retryable whether asking to retry it makes sense now
 */
public record JobView(
        long id,
        String type,
        JobState state,
        Optional<Long> siteId,
        String targetName,
        long ownerId,
        String actorName,
        List<StepView> steps,
        Instant createdAt,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        Optional<Problem> problem,
        int revision,
        boolean cancellable,
        boolean retryable)
        implements Auditable {

    public JobView {
        steps = List.copyOf(steps);
    }

    @Override
    public Target auditTarget() {
        return siteId.map(site -> new Target("site", site, targetName)).orElseGet(() -> new Target("job", id, type));
    }

    @Override
    public long auditJob() {
        return id;
    }

    /** Steps that are done, for a progress bar. */
    public long stepsDone() {
        return steps.stream().filter(step -> step.state() == StepState.DONE).count();
    }
}
