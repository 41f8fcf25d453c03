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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.berth.platform.HostIdentity;
import org.berth.platform.InvalidInput;
import org.berth.platform.Page;
import org.berth.platform.PageRequest;
import org.berth.platform.Problem;
import org.berth.sites.SiteState;

/** Finds certificates for the list of all, with their sites, owners and authorities; the panel's own is among them. */
@Dependent
class CertificateSearch {

    private static final Map<String, String> SORTABLE = Map.of(
            "site", "s.name",
            "owner", "a.login",
            "authority", "d.name",
            "notAfter", "c.notAfter",
            "nextAt", "w.dueAt",
            "failures", "w.failures");

    private static final String FROM = " from SiteCertificate w left join Site s on s.id = w.siteId"
            + " left join Account a on a.id = s.ownerId left join AcmeDirectory d on d.id = w.directoryId"
            + " left join Certificate c on c.servedSiteId = w.siteId"
            + " where (w.siteId = " + Holder.PANEL + " or s.state in :living)";

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

    private static boolean isLate(SiteCertificate wish, Instant now) {
        return Stream.of(wish.dueAt(), wish.putOffAt())
                .flatMap(Optional::stream)
                .anyMatch(now.minus(LATE)::isAfter);
    }

    Page<CertificateRow> page(PageRequest request) {
        var values = new HashMap<String, Object>();
        values.put("living", LIVING);
        var from = FROM + conditions(request, values);
        var found = with(
                        values,
                        entities.createQuery(
                                "select w, s.name, a.login, d.name, c" + from
                                        + request.orderBy(SORTABLE, "s.name", "s.id"),
                                Object[].class))
                .setFirstResult(request.offset())
                .setMaxResults(request.limit())
                .getResultList();
        var total = with(values, entities.createQuery("select count(w)" + from, Long.class))
                .getSingleResult();
        return new Page<>(found.stream().map(this::row).toList(), total);
    }

    /** How many there are that somebody should look after. */
    long needingAttention() {
        var values = new HashMap<String, Object>();
        values.put("living", LIVING);
        attention(values);
        return with(values, entities.createQuery("select count(w)" + FROM + ATTENTION, Long.class))
                .getSingleResult();
    }

    private CertificateRow row(Object[] found) {
        var wish = (SiteCertificate) found[0];
        var served = Optional.ofNullable((Certificate) found[4]);
        var authority = served.filter(Certificate::isUploaded).isPresent() ? null : (String) found[3];
        return new CertificateRow(
                wish.siteId(),
                Optional.ofNullable((String) found[1]).orElseGet(host::name),
                Optional.ofNullable((String) found[2]),
                Optional.ofNullable(authority),
                served.flatMap(Certificate::notAfter),
                wish.dueAt(),
                wish.failures(),
                wish.problem(),
                needsAttention(wish, served.flatMap(Certificate::alarmAt), clock.instant()),
                isLate(wish, clock.instant()),
                served.filter(Certificate::isRevoked).isPresent(),
                served.flatMap(Certificate::notAfter)
                        .filter(clock.instant()::isAfter)
                        .isPresent(),
                wish.uncovered());
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
            conditions.add(" and (s.id in (select n.siteId from HostName n"
                    + " where n.name like :search escape '!' or n.shown like :search escape '!')"
                    + " or s.id is null and :panel like :search escape '!')");
            values.put("panel", host.name());
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
