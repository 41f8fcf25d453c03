package org.berth.jobs;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.berth.platform.Listing;
import org.berth.platform.Page;
import org.berth.platform.PageRequest;
import org.berth.security.Actor;

/** Finds jobs for lists. */
@Dependent
class JobSearch {

    private static final Listing<Job> LISTING = Listing.downBy(Job.class, "id")
            .sortable("id", "id")
            .sortable("type", "type")
            .sortable("site", "targetName")
            .sortable("state", "state")
            .sortable("createdAt", "createdAt")
            .searched("targetName", "targetOther", "actorName")
            .filtered("state", "state", JobState::valueOf)
            .filtered("type", "type", String::valueOf)
            .filtered("site", "siteId", Long::valueOf);

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private JobViews views;

    Page<JobView> page(Actor actor, PageRequest request) {
        var page = LISTING.page(
                entities,
                request,
                (query, builder, job) -> actor.isAdministrator()
                        ? builder.conjunction()
                        : builder.equal(job.get("ownerId"), actor.accountId()));
        return new Page<>(page.rows().stream().map(views::row).toList(), page.total());
    }

    List<JobView> running(Actor actor) {
        var mine = actor.isAdministrator() ? "" : " and j.ownerId = :owner";
        var query = entities.createQuery(
                        "select distinct j from Job j left join fetch j.steps where j.finishedAt is null" + mine
                                + " order by j.id desc",
                        Job.class)
                .setMaxResults(100);
        if (!actor.isAdministrator()) {
            query.setParameter("owner", actor.accountId());
        }
        return query.getResultStream().map(views::full).toList();
    }

    Optional<Job> active(long site) {
        return entities.createQuery("select j from Job j where j.activeSiteId = :site", Job.class)
                .setParameter("site", site)
                .getResultStream()
                .findFirst();
    }

    Set<Long> sitesWorkedOn(Instant since, Instant until) {
        return Set.copyOf(entities.createQuery(
                        "select j.siteId from Job j where j.siteId is not null"
                                + " and (j.finishedAt is null or j.finishedAt between :since and :until)",
                        Long.class)
                .setParameter("since", since)
                .setParameter("until", until)
                .getResultList());
    }

    List<JobView> rows(Collection<Long> ids) {
        return ids.stream().map(id -> views.row(entities.find(Job.class, id))).toList();
    }

    long stalled() {
        return entities.createQuery("select count(j) from Job j where j.state = :stalled", Long.class)
                .setParameter("stalled", JobState.STALLED)
                .getSingleResult();
    }
}
