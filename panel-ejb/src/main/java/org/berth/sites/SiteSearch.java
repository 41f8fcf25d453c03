package org.berth.sites;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.berth.platform.DomainName;
import org.berth.platform.InvalidInput;
import org.berth.platform.Page;
import org.berth.platform.PageRequest;
import org.berth.platform.Problem;
import org.berth.security.Actor;

/** Finds sites for lists, with their owners' logins and running jobs. */
@Dependent
class SiteSearch {

    private static final Map<String, String> SORTABLE = Map.of(
            "id", "s.id",
            "name", "s.name",
            "type", "s.type",
            "state", "s.state",
            "phpVersion", "s.phpVersion",
            "owner", "a.login",
            "createdAt", "s.createdAt");

    private static final String OVER = "s.id in (select o.id from SiteUse u, Site o, Plan p where o.id = u.siteId"
            + " and p.id = o.planId and (u.bytes > p.diskMiB * :disk or u.files > p.files))";

    private static final String OWNER = " join Account a on a.id = s.ownerId";
    private static final String WITH_JOB = " left join Job j on j.activeSiteId = s.id";
    private static final String WITH_DATABASE = " left join SiteDatabase d on d.siteId = s.id";

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private ServedCertificates certificates;

    /** Finds out by an index alone which sites are on the page; what a list shows is read of those, not of all. */
    Page<SiteRow> page(Actor actor, PageRequest page) {
        var values = new HashMap<String, Object>();
        var from = " from Site s" + ("owner".equals(page.sort()) ? OWNER : "") + where(actor, page, values);
        var ids = with(
                        values,
                        entities.createQuery(
                                "select s.id" + from + page.orderBy(SORTABLE, "s.name", "s.id"), Long.class))
                .setFirstResult(page.offset())
                .setMaxResults(page.limit())
                .getResultList();
        var isLast = ids.size() < page.limit() && (!ids.isEmpty() || page.offset() == 0);
        var total = isLast
                ? page.offset() + ids.size()
                : with(values, entities.createQuery("select count(s)" + from, Long.class))
                        .getSingleResult();
        return new Page<>(rows(ids), total);
    }

    private List<SiteRow> rows(List<Long> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        var ends = certificates.ends(ids);
        var found = entities.createQuery(
                        "select s, a.login, j.id, d.id from Site s" + OWNER + WITH_JOB + WITH_DATABASE
                                + " where s.id in :ids",
                        Object[].class)
                .setParameter("ids", ids)
                .getResultStream()
                .map(row -> row(row, ends))
                .collect(Collectors.toMap(SiteRow::id, row -> row));
        return ids.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    /** How many sites there are in each state that the actor may see; states without a site are left out. */
    Map<SiteState, Long> counts(Actor actor) {
        var counted = entities.createQuery(
                        "select s.state, count(s) from Site s where s.state <> :removed"
                                + (actor.isAdministrator() ? "" : " and s.ownerId = :me") + " group by s.state",
                        Object[].class)
                .setParameter("removed", SiteState.REMOVED);
        if (!actor.isAdministrator()) {
            counted.setParameter("me", actor.accountId());
        }
        return counted.getResultStream().collect(Collectors.toMap(row -> (SiteState) row[0], row -> (Long) row[1]));
    }

    /** Those of the sites that are there and that the actor may see. */
    Set<Long> there(Actor actor, Collection<Long> ids) {
        if (ids.isEmpty()) {
            return Set.of();
        }
        var found = entities.createQuery(
                        "select s.id from Site s where s.id in :ids and s.state <> :removed"
                                + (actor.isAdministrator() ? "" : " and s.ownerId = :me"),
                        Long.class)
                .setParameter("ids", ids)
                .setParameter("removed", SiteState.REMOVED);
        if (!actor.isAdministrator()) {
            found.setParameter("me", actor.accountId());
        }
        return Set.copyOf(found.getResultList());
    }

    String login(long account) {
        return entities.createQuery("select a.login from Account a where a.id = :id", String.class)
                .setParameter("id", account)
                .getSingleResult();
    }

    private static SiteRow row(Object[] found, Map<Long, Instant> ends) {
        var site = (Site) found[0];
        return new SiteRow(
                site.id(),
                site.storedName(),
                DomainName.shown(site.storedName()),
                !DomainName.isOne(site.storedName()),
                site.type(),
                site.state(),
                site.ownerId(),
                (String) found[1],
                site.phpVersion().map(PhpVersion::toString),
                found[3] != null,
                site.createdAt(),
                Optional.ofNullable(ends.get(site.id())),
                Optional.ofNullable((Long) found[2]));
    }

    private static String where(Actor actor, PageRequest page, Map<String, Object> values) {
        var conditions = new ArrayList<String>();
        if (!actor.isAdministrator()) {
            conditions.add("s.ownerId = :me");
            values.put("me", actor.accountId());
        }
        if (!page.filters().containsKey("state")) {
            conditions.add("s.state <> :removed");
            values.put("removed", SiteState.REMOVED);
        }
        page.filters().forEach((column, value) -> {
            conditions.add(condition(column));
            values.put(column, value(column, value));
        });
        if (!page.search().isEmpty()) {
            conditions.add("s.id in (select n.siteId from HostName n"
                    + " where n.name like :search escape '!' or n.shown like :search escape '!')");
            values.put("search", page.pattern());
        }
        return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    }

    private static String condition(String column) {
        return switch (column) {
            case "state" -> "s.state = :state";
            case "type" -> "s.type = :type";
            case "owner" -> "s.ownerId in (select o.id from Account o where o.login = :owner)";
            case "disk" -> OVER;
            default ->
                throw new InvalidInput(Problem.of("filter-unknown", column).at(column));
        };
    }

    private static Object value(String column, String value) {
        try {
            return switch (column) {
                case "state" -> SiteState.valueOf(value.toUpperCase(Locale.ROOT));
                case "disk" -> over(value);
                case "type" -> SiteType.valueOf(value.toUpperCase(Locale.ROOT));
                default -> value;
            };
        } catch (IllegalArgumentException unknown) {
            throw new InvalidInput(Problem.of("filter-value", column, value).at(column));
        }
    }

    /** The only value there is; the condition needs the number of bytes in a mebibyte. */
    private static Object over(String value) {
        if (!"over".equals(value)) {
            throw new IllegalArgumentException(value);
        }
        return 1024L * 1024;
    }

    private static <T> TypedQuery<T> with(Map<String, Object> values, TypedQuery<T> query) {
        values.forEach(query::setParameter);
        return query;
    }
}
