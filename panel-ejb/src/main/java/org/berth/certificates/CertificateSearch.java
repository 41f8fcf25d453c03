package org.berth.certificates;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.berth.platform.HostIdentity;
import org.berth.platform.InvalidInput;
import org.berth.platform.Page;
import org.berth.platform.PageRequest;
import org.berth.platform.Problem;
import org.berth.sites.SiteState;

/**
 * Finds what visitors of sites get for the list of all, with sites, owners and authorities. The panel, which is no site, has its
 * place among them.
 */
@Dependent
class CertificateSearch {

    /** What is not known comes last in either direction. */
    private static final Map<String, String> SORTABLE = Map.of(
            "site",
            "s.name",
            "owner",
            "a.login",
            "authority",
            knownFirst("d.name"),
            "notAfter",
            knownFirst("c.notAfter"),
            "nextAt",
            knownFirst("w.dueAt"),
            "failures",
            "coalesce(w.failures, 0)");

    private static final String FROM = " from Site s left join SiteCertificate w on w.siteId = s.id"
            + " left join Account a on a.id = s.ownerId left join AcmeDirectory d on d.id = w.directoryId"
            + " left join Certificate c on c.servedSiteId = s.id where s.state in :living";

    /** As {@link #needsAttention}. */
    private static final String ATTENTION =
            " and (w.automatic = false or (w.problemCode is not null and w.problemCode not in :quiet))"
                    + " and (w.failures >= :alarming or c.alarmAt < :now or w.lasting = true"
                    + " or w.dueAt < :late or w.putOffAt < :late or w.uncovered <> '[]')";

    /** So long an attempt may be due without having begun: authorities that are busy, or full, are asked by turns. */
    private static final Duration LATE = Duration.ofDays(1);

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Clock clock;

    @Inject
    private HostIdentity host;

    @Inject
    private CertificateRows rows;

    /** Deleted sites show their visitors nothing, so nobody looks after their certificates. */
    static final List<SiteState> LIVING = List.of(SiteState.ACTIVE, SiteState.SUSPENDED);

    static boolean needsAttention(SiteCertificate wish, Optional<Instant> alarmAt, Instant now) {
        return !wish.isAwaited() && isWrong(wish, alarmAt, now);
    }

    private static boolean isWrong(SiteCertificate wish, Optional<Instant> alarmAt, Instant now) {
        return wish.failures() >= SiteCertificate.ALARMING
                || alarmAt.filter(now::isAfter).isPresent()
                || wish.isLasting()
                || isLate(wish, now)
                || !wish.uncovered().isEmpty();
    }

    /** Whether its turn has come for so long that somebody should look. */
    static boolean isLate(SiteCertificate wish, Instant now) {
        return Stream.of(wish.dueAt(), wish.putOffAt())
                .flatMap(Optional::stream)
                .anyMatch(now.minus(LATE)::isAfter);
    }

    Page<CertificateRow> page(PageRequest request) {
        var values = new HashMap<String, Object>();
        values.put("living", LIVING);
        var from = FROM + conditions(request, values);
        var panel = Optional.of(panel()).filter(some -> matches(some, request));
        // With the one before the page is known whether the panel is before it, too.
        var before = panel.isPresent() && request.offset() > 0 ? 1 : 0;
        var found = with(
                        values,
                        entities.createQuery(
                                "select s.id, s.name, a.login, w, d.name, c" + from
                                        + request.orderBy(SORTABLE, "s.name", "s.id"),
                                Object[].class))
                .setFirstResult(request.offset() - before)
                .setMaxResults(request.limit() + before)
                .getResultStream()
                .map(ListedCertificate::of)
                .collect(Collectors.toCollection(ArrayList::new));
        panel.ifPresent(some -> place(some, found, ListedCertificate.order(request)));
        var now = clock.instant();
        var rows = found.stream()
                .skip(before)
                .limit(request.limit())
                .map(some -> some.row(now))
                .toList();
        return new Page<>(rows, count(from, values) + panel.stream().count());
    }

    /** Before those that sort alike, as it has the lowest number. */
    private static void place(
            ListedCertificate panel, List<ListedCertificate> found, Comparator<ListedCertificate> order) {
        var before = found.stream().filter(site -> order.compare(site, panel) < 0);
        found.add(Math.toIntExact(before.count()), panel);
    }

    private ListedCertificate panel() {
        var wish = rows.wish(Holder.PANEL);
        var authority =
                wish.flatMap(SiteCertificate::directoryId).map(rows::directory).map(AcmeDirectory::name);
        return new ListedCertificate(
                Holder.PANEL, host.name(), Optional.empty(), wish, authority, rows.served(Holder.PANEL));
    }

    private boolean matches(ListedCertificate panel, PageRequest request) {
        var filters = request.filters();
        return panel.name().contains(request.search().toLowerCase(Locale.ROOT))
                && !filters.containsKey("owner")
                && (!filters.containsKey("attention") || panel.needsAttention(clock.instant()))
                && (!filters.containsKey("authority")
                        || panel.shownAuthority().equals(Optional.of(filters.get("authority"))));
    }

    /** How many there are that somebody should look after. */
    long needingAttention() {
        var values = new HashMap<String, Object>();
        values.put("living", LIVING);
        attention(values);
        return count(FROM + ATTENTION, values) + (panel().needsAttention(clock.instant()) ? 1 : 0);
    }

    private long count(String from, Map<String, Object> values) {
        return with(values, entities.createQuery("select count(s)" + from, Long.class))
                .getSingleResult();
    }

    private static String knownFirst(String column) {
        return "case when " + column + " is null then 1 else 0 end, " + column;
    }

    private String conditions(PageRequest request, Map<String, Object> values) {
        var conditions = new ArrayList<String>();
        request.filters().forEach((column, value) -> {
            switch (column) {
                case "attention" -> {
                    requireTrue(column, value);
                    attention(values);
                    conditions.add(ATTENTION);
                }
                case "authority" -> {
                    values.put(column, value);
                    conditions.add(" and d.name = :authority and (c.id is null or c.directoryId is not null)");
                }
                case "owner" -> {
                    values.put(column, value);
                    conditions.add(" and a.login = :owner");
                }
                default ->
                    throw new InvalidInput(Problem.of("filter-unknown", column).at(column));
            }
        });
        if (!request.search().isEmpty()) {
            conditions.add(" and s.id in (select n.siteId from HostName n"
                    + " where n.name like :search escape '!' or n.shown like :search escape '!')");
            values.put("search", request.pattern());
        }
        return String.join("", conditions);
    }

    private void attention(Map<String, Object> values) {
        values.put("quiet", SiteCertificate.QUIET);
        values.put("alarming", SiteCertificate.ALARMING);
        values.put("now", clock.instant());
        values.put("late", clock.instant().minus(LATE));
    }

    private static void requireTrue(String column, String value) {
        if (!"true".equals(value)) {
            throw new InvalidInput(Problem.of("filter-value", column, value).at(column));
        }
    }

    private static <T> TypedQuery<T> with(Map<String, Object> values, TypedQuery<T> query) {
        values.forEach(query::setParameter);
        return query;
    }
}
