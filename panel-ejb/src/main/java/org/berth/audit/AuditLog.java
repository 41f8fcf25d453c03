package org.berth.audit;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import org.berth.platform.Listing;
import org.berth.platform.Page;
import org.berth.platform.PageRequest;
import org.berth.security.Actor;
import org.berth.security.Via;

/**
 * The audit: entries are added and read, never changed. What was done is written in the transaction that does it; what
 * was not, in one of its own, because the caller's is rolled back.
 */
@Stateless
public class AuditLog {

    private static final Listing<AuditEntry> LISTING = Listing.downBy(AuditEntry.class, "id")
            .sortable("at", "id")
            .sortable("actor", "actorName")
            .sortable("action", "action")
            .sortable("target", "targetName")
            .sortable("result", "result")
            .searched("actorName", "action", "targetName", "targetOther", "address", "detail")
            .filtered("actor", "actorName", String::valueOf)
            .filtered("action", "action", String::valueOf)
            .filtered("type", "targetType", String::valueOf)
            .filtered("id", "targetId", Long::valueOf)
            .filtered("result", "result", Result::valueOf)
            .filtered("via", "via", Via::valueOf);

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private AuditWriter writer;

    /** Adds an entry by hand, where {@link Audited} does not reach. */
    public void record(Actor actor, String action, Target target, Result result, String detail) {
        record(new NewEntry(actor, action, target, result, detail, 0));
    }

    /** Adds an entry. */
    public void record(NewEntry entry) {
        if (entry.result() == Result.DONE) {
            writer.join(entry);
        } else {
            writer.apart(entry);
        }
    }

    /**
     * The newest entries first; an owner sees what they did and what was done to them and their sites. Sortable by at,
     * actor, action, target, result; filters: actor, action, type, id, result, via.
     */
    public Page<AuditView> list(Actor actor, PageRequest request) {
        var page = LISTING.page(entities, request, (query, builder, entry) -> visible(query, builder, entry, actor));
        return new Page<>(page.rows().stream().map(entry -> entry.view(actor)).toList(), page.total());
    }

    private static Predicate visible(
            CriteriaQuery<?> query, CriteriaBuilder builder, Root<AuditEntry> entry, Actor actor) {
        if (actor.isAdministrator()) {
            return builder.conjunction();
        }
        var ownSites = query.subquery(Long.class);
        var site = ownSites.from(SiteOwner.class);
        ownSites.select(site.get("id")).where(builder.equal(site.get("ownerId"), actor.accountId()));
        return builder.or(
                builder.equal(entry.get("actorId"), actor.accountId()),
                builder.and(
                        builder.equal(entry.get("targetType"), "user"),
                        builder.equal(entry.get("targetId"), actor.accountId())),
                builder.and(
                        builder.equal(entry.get("targetType"), "site"),
                        entry.get("targetId").in(ownSites)));
    }
}
