package org.berth.jobs;

import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.berth.audit.AuditTarget;
import org.berth.audit.Audited;
import org.berth.platform.Conflict;
import org.berth.platform.NotFound;
import org.berth.platform.Page;
import org.berth.platform.PageRequest;
import org.berth.platform.Problem;
import org.berth.security.Actor;
import org.berth.security.Permission;

/** Jobs, for every interface. Somebody else's job answers like one that does not exist. */
@Stateless
public class Jobs {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Drain drain;

    @Inject
    private JobSearch search;

    @Inject
    private JobRecipes recipes;

    @Inject
    private JobCourse course;

    @Inject
    private JobViews views;

    @Inject
    private JobRunner runner;

    @Inject
    private Event<JobWaiting> waiting;

    /** Jobs the actor may see, newest first; filters: state, type, site (id). Without steps. */
    public Page<JobView> list(Actor actor, PageRequest page) {
        return search.page(actor, page);
    }

    /** Jobs that are not over, newest first, with steps. */
    public List<JobView> running(Actor actor) {
        return search.running(actor);
    }

    /** The job that works on a site, or on the panel itself as number 0, with its steps. */
    public Optional<JobView> active(long site) {
        return search.active(site).map(views::full);
    }

    /** How many jobs wait for a person; for the health of the panel. */
    public long stalled() {
        return search.stalled();
    }

    /** Sites that a job may work on now, or has worked on in this time. */
    public Set<Long> sitesWorkedOn(Instant since, Instant until) {
        return search.sitesWorkedOn(since, until);
    }

    /** Jobs that are under way and that nobody works on any more, without steps. */
    public List<JobView> abandoned() {
        return search.rows(runner.orphans());
    }

    /** Whether no job begins at present, because the panel is being upgraded; for the health of the panel. */
    public boolean drained() {
        return drain.isOn();
    }

    /** One job with its steps. */
    public JobView find(Actor actor, long id) {
        return views.full(visible(actor, id, LockModeType.NONE));
    }

    /** Goes on with a failed job from the step that failed. */
    @Audited("job:retry")
    public JobView retry(Actor actor, @AuditTarget long id) {
        var job = visible(actor, id, LockModeType.PESSIMISTIC_WRITE);
        var recipe = recipes.of(job.type());
        actor.require(recipe.permission(job.facts()));
        if (!job.state().isRetryable()) {
            throw new Conflict(Problem.of("job-not-retryable", id, job.state()));
        }
        drain.requireOff();
        // Waits for whoever changes the site now; only then it is known whether another job has it.
        recipe.retrying(job.facts());
        job.siteId().flatMap(search::active).ifPresent(other -> {
            throw new Conflict(Problem.of("site-busy", other.targetName(), other.id(), other.type()));
        });
        job.reopen();
        entities.flush();
        waiting.fire(new JobWaiting(JobViews.change(job), Optional.of(job.waiting())));
        return views.full(job);
    }

    /** Asks a job to stop after its current step and to take back what it did. */
    @Audited("job:cancel")
    public JobView cancel(Actor actor, @AuditTarget long id) {
        var job = visible(actor, id, LockModeType.PESSIMISTIC_WRITE);
        var recipe = recipes.of(job.type());
        actor.require(recipe.permission(job.facts()));
        if (job.state() == JobState.QUEUED) {
            course.cancelUnbegun(job);
        } else if (job.state() == JobState.RUNNING && recipe.undoes()) {
            job.requestCancel();
        } else {
            throw new Conflict(Problem.of("job-not-cancellable", id, job.state()));
        }
        waiting.fire(new JobWaiting(JobViews.change(job), Optional.empty()));
        return views.full(job);
    }

    private Job visible(Actor actor, long id, LockModeType lock) {
        var job = entities.find(Job.class, id, lock);
        if (job == null || !actor.may(Permission.on("job", "read", job.ownerId(), id))) {
            throw new NotFound(Problem.of("job-unknown", id));
        }
        return job;
    }
}
