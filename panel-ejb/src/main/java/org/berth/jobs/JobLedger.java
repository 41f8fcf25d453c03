package org.berth.jobs;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.berth.host.Lease;
import org.berth.host.VerbFailure;
import org.berth.host.VerbResult;
import org.berth.platform.Problem;

/**
 * Writes down what the runner did and says what comes next: each method is one transaction, so that a crash between two
 * of them loses nothing. A run whose lease was taken over meanwhile is told that the job is over for it.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class JobLedger {

    /** How long a lease lasts unless it is renewed. */
    static final Duration LEASE = Duration.ofSeconds(60);

    /** A job that nobody picked up after this time was missed. */
    private static final Duration MISSED = Duration.ofSeconds(10);

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Clock clock;

    @Inject
    private SiteFence fence;

    @Inject
    private JobCourse course;

    @Inject
    private JobRecipes recipes;

    /** Takes a job over from the queue or from a dead run. */
    public Turn begin(long id, String holder) {
        var job = locked(id);
        if (job.state().isOver()) {
            return new Turn.Over(job.facts());
        }
        var lease = job.siteId().map(site -> fence.next(site, id)).orElseGet(() -> renumbered(job));
        var now = clock.instant();
        job.lease(holder, lease, now, now.plus(LEASE));
        return course.resume(job);
    }

    /** A step is done. */
    public Turn done(Turn.Forward turn, VerbResult result) {
        var job = locked(turn.job().id());
        if (!job.isLeasedBy(turn.lease())) {
            return new Turn.Over(turn.job());
        }
        return course.done(job, turn.position(), result);
    }

    /** A step failed. */
    public Turn failed(Turn.Forward turn, Problem problem, String log) {
        var job = locked(turn.job().id());
        if (!job.isLeasedBy(turn.lease())) {
            return new Turn.Over(turn.job());
        }
        return course.failed(job, turn.position(), problem, log);
    }

    /** A step met what only a person can judge. */
    public Turn stalled(Turn.Forward turn, Problem problem, String log) {
        var job = locked(turn.job().id());
        if (!job.isLeasedBy(turn.lease())) {
            return new Turn.Over(turn.job());
        }
        return course.stalled(job, turn.position(), problem, log);
    }

    /** A job cannot go on because of what its rows say, again and again. */
    public JobChanged giveUp(long id, Problem problem) {
        var job = locked(id);
        if (!job.state().isOver()) {
            course.givenUp(job, problem);
        }
        return JobViews.change(job);
    }

    /** A step was taken back. */
    public Turn undone(Turn.Back turn, String log) {
        var job = locked(turn.job().id());
        if (!job.isLeasedBy(turn.lease())) {
            return new Turn.Over(turn.job());
        }
        return course.undone(job, turn.position(), log);
    }

    /** A step could not be taken back. */
    public Turn undoFailed(Turn.Back turn, Problem problem, String log) {
        var job = locked(turn.job().id());
        if (!job.isLeasedBy(turn.lease())) {
            return new Turn.Over(turn.job());
        }
        return course.undoFailed(job, turn.position(), problem, log);
    }

    /** Keeps the leases of jobs that are running in this process. */
    public void renew(String holder, Collection<Long> running) {
        if (!running.isEmpty()) {
            entities.createQuery(
                            "update Job j set j.leaseUntil = :until where j.leaseHolder = :holder and j.id in :ids")
                    .setParameter("until", clock.instant().plus(LEASE))
                    .setParameter("holder", holder)
                    .setParameter("ids", running)
                    .executeUpdate();
        }
    }

    /**
     * Jobs that nobody works on although somebody should: leased by a process that is gone, or by a run of this one that
     * broke off, or never picked up.
     */
    public List<Long> orphans(String holder) {
        var now = clock.instant();
        return entities.createQuery(
                        "select j.id from Job j where"
                                + " (j.state in (:running, :undoing) and (j.leaseHolder is null or j.leaseHolder <> :holder"
                                + " or j.leaseUntil < :now)) or (j.state = :queued and (j.createdAt < :missed or"
                                // By a clock that was ahead.
                                + " j.createdAt > :ahead)) order by j.id",
                        Long.class)
                .setParameter("running", JobState.RUNNING)
                .setParameter("undoing", JobState.UNDOING)
                .setParameter("queued", JobState.QUEUED)
                .setParameter("holder", holder)
                .setParameter("now", now)
                .setParameter("missed", now.minus(MISSED))
                .setParameter("ahead", now.plus(MISSED))
                .getResultList();
    }

    /** What the runner must know of a job that it takes up. */
    public Waiting waiting(long id) {
        return entities.find(Job.class, id).waiting();
    }

    /** Jobs that are tried again by themselves, and now. */
    public List<Long> rested() {
        var types = recipes.tryingAgain();
        var now = clock.instant();
        return entities.createQuery(
                        "select j from Job j where (j.state = :failed and j.type in :types)"
                                + " or (j.state = :stalled and j.problemCode = :failure) order by j.id",
                        Job.class)
                .setParameter("failed", JobState.FAILED)
                .setParameter("types", types)
                .setParameter("stalled", JobState.STALLED)
                .setParameter("failure", VerbFailure.ORDINARY)
                .getResultStream()
                .filter(job -> job.hasRested(now))
                .map(Job::id)
                .toList();
    }

    private Job locked(long id) {
        return entities.find(Job.class, id, LockModeType.PESSIMISTIC_WRITE);
    }

    private static Lease renumbered(Job job) {
        return new Lease(job.id(), job.lease().epoch(), job.lease().token() + 1);
    }
}
