package org.berth.jobs;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.util.Optional;
import org.berth.platform.Conflict;
import org.berth.platform.DuplicateKey;
import org.berth.platform.Problem;
import org.berth.platform.TooManyAttempts;
import org.berth.security.Actor;

/** Takes work from other components, inside their transaction: wish and job are written together or not at all. */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class JobQueue {

    /** So many jobs of one person may wait; more would only keep that person waiting. */
    private static final int MOST_WAITING = 50;

    private static final int SECONDS_UNTIL_ROOM = 10;

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Clock clock;

    @Inject
    private Drain drain;

    @Inject
    private JobRecipes recipes;

    @Inject
    private JobViews views;

    @Inject
    private Event<JobWaiting> waiting;

    /**
     * Writes a job that starts as soon as the transaction is committed.
     *
     * @throws Conflict when another job works on the site, or while no job may begin
     * @throws TooManyAttempts as {@link #requireRoom}
     */
    public JobView submit(Actor actor, JobRequest request) {
        requireRoom(actor);
        request.siteId().ifPresent(this::requireIdle);
        var steps = recipes.of(request.type()).steps(request.input());
        var job = new Job(actor, request, steps, clock.instant());
        try {
            entities.persist(job);
            entities.flush();
        } catch (PersistenceException refused) {
            if (DuplicateKey.isBehind(refused)) {
                throw new Conflict(Problem.of("job-raced", request.targetName()));
            }
            throw refused;
        }
        waiting.fire(new JobWaiting(JobViews.change(job), Optional.of(job.waiting())));
        return views.full(job);
    }

    /**
     * Says no, for whoever would write something before the job that would be one too many.
     *
     * @throws Conflict while no job may begin
     * @throws TooManyAttempts when too many that this actor wished wait already; administrators may wish as many as they like
     */
    public void requireRoom(Actor actor) {
        drain.requireOff();
        if (!actor.isAdministrator()) {
            var unbegun = unbegun(actor);
            if (unbegun >= MOST_WAITING) {
                throw new TooManyAttempts(Problem.of("jobs-too-many", SECONDS_UNTIL_ROOM, unbegun));
            }
        }
    }

    private long unbegun(Actor actor) {
        return entities.createQuery(
                        "select count(j) from Job j where j.actorId = :actor and j.state = :queued", Long.class)
                .setParameter("actor", actor.accountId())
                .setParameter("queued", JobState.QUEUED)
                .getSingleResult();
    }

    /** The job that an earlier request of this actor with the same key has made, and what it was asked for. */
    public Optional<JobFacts> earlier(Actor actor, String idempotencyKey) {
        return entities.createQuery(
                        "select j from Job j where j.actorId = :actor and j.idempotencyKey = :key", Job.class)
                .setParameter("actor", actor.accountId())
                .setParameter("key", idempotencyKey)
                .getResultStream()
                .findFirst()
                .map(Job::facts);
    }

    /**
     * Says no before anything else does when another job works on the site.
     *
     * @throws Conflict naming that job
     */
    public void requireIdle(long site) {
        entities.createQuery("select j from Job j where j.activeSiteId = :site", Job.class)
                .setParameter("site", site)
                .getResultStream()
                .findFirst()
                .ifPresent(job -> {
                    throw new Conflict(Problem.of("site-busy", job.targetName(), job.id(), job.type()));
                });
    }
}
