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
import org.berth.security.Actor;

/** Takes work from other components, inside their transaction: wish and job are written together or not at all. */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class JobQueue {

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
     */
    public JobView submit(Actor actor, JobRequest request) {
        drain.requireOff();
        request.siteId().ifPresent(this::requireIdle);
        var job = new Job(actor, request, recipes.of(request.type()).steps(request.input()), clock.instant());
        try {
            entities.persist(job);
            entities.flush();
        } catch (PersistenceException refused) {
            if (DuplicateKey.isBehind(refused)) {
                throw new Conflict(Problem.of("job-raced", request.targetName()));
            }
            throw refused;
        }
        waiting.fire(new JobWaiting(JobViews.change(job), true));
        return views.full(job);
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
