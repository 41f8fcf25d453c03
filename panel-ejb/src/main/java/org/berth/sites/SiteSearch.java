package org.berth.sites;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.berth.platform.DomainName;
import org.berth.platform.InvalidInput;
import org.berth.platform.Page;
import org.berth.platform.PageRequest;
import org.berth.platform.Problem;
import org.berth.security.Actor;

/** Finds sites for lists, with their owners' logins and running jobs, in one query a page. */
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

    private static final String OVER =
            "exists (select u from SiteUse u, Plan p where u.siteId = s.id and p.id = s.planId"
                    + " and (u.bytes > p.diskMiB * :disk or u.files > p.files))";

    private static final String FROM = " from Site s join Account a on a.id = s.ownerId";
    private static final String WITH_JOB = " left join Job j on j.activeSiteId = s.id";
    private static final String WITH_DATABASE = " left join SiteDatabase d on d.siteId = s.id";

    @PersistenceContext
    private EntityManager entities;

    Page<SiteRow> page(Actor actor, PageRequest page) {
        var values = new HashMap<String, Object>();
        var where = where(actor, page, values);
        var rows = with(
                        values,
                        entities.createQuery(
                                "select s, a.login, j.id, d.id" + FROM + WITH_JOB + WITH_DATABASE + where + order(page),
                                Object[].class))
                .setFirstResult(page.offset())
                .setMaxResults(page.limit())
                .getResultStream()
                .map(SiteSearch::row)
                .toList();
        var total = with(values, entities.createQuery("select count(s)" + FROM + where, Long.class))
                .getSingleResult();
        return new Page<>(rows, total);
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

    private static SiteRow row(Object[] found) {
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
            conditions.add("exists (select n from HostName n where n.siteId = s.id"
                    + " and (n.name like :search escape '!' or n.shown like :search escape '!'))");
            values.put("search", "%" + escaped(page.search()) + "%");
        }
        return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    }

    private static String condition(String column) {
        return switch (column) {
            case "state" -> "s.state = :state";
            case "type" -> "s.type = :type";
            case "owner" -> "a.login = :owner";
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

    private static String order(PageRequest page) {
        if (page.sort().isEmpty()) {
            return " order by s.name, s.id";
        }
        var column = SORTABLE.get(page.sort());
        if (column == null) {
            throw new InvalidInput(Problem.of("sort-unknown", page.sort()).at("sort"));
        }
        return " order by " + column + (page.ascending() ? "" : " desc") + ", s.id";
    }

    private static String escaped(String search) {
        return search.toLowerCase(Locale.ROOT)
                .replace("!", "!!")
                .replace("%", "!%")
                .replace("_", "!_");
    }

    private static <T> TypedQuery<T> with(Map<String, Object> values, TypedQuery<T> query) {
        values.forEach(query::setParameter);
        return query;
    }
}
