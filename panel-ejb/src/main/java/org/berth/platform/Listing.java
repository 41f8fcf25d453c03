package org.berth.platform;

import jakarta.persistence.EntityManager;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Order;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A list of rows that people page through, sort, search and filter: says once which columns that concerns, and answers
 * any {@link PageRequest} with a page query and a count query. A column it does not know is refused.
 *
 * @param <E> entity behind a row
 */
public final class Listing<E> {

    /** A condition on the rows, such as whose they are. */
    @FunctionalInterface
    public interface Condition<E> {
        Predicate on(CriteriaQuery<?> query, CriteriaBuilder builder, Root<E> row);
    }

    private final Class<E> type;
    private final String ownOrder;
    private final boolean ownAscending;
    private final Map<String, String> sortable = new LinkedHashMap<>();
    private final Map<String, Function<String, Condition<E>>> filters = new LinkedHashMap<>();
    private final List<String> searched = new ArrayList<>();

    private Listing(Class<E> type, String ownOrder, boolean ownAscending) {
        this.type = type;
        this.ownOrder = ownOrder;
        this.ownAscending = ownAscending;
    }

    /** A list whose own order goes up by this attribute. */
    public static <E> Listing<E> upBy(Class<E> type, String attribute) {
        return new Listing<>(type, attribute, true);
    }

    /** A list whose own order goes down by this attribute: the newest first. */
    public static <E> Listing<E> downBy(Class<E> type, String attribute) {
        return new Listing<>(type, attribute, false);
    }

    /** People may sort by this attribute, under this name. */
    public Listing<E> sortable(String name, String attribute) {
        sortable.put(name, attribute);
        return this;
    }

    /** The search looks into these text attributes. */
    public Listing<E> searched(String... attributes) {
        searched.addAll(List.of(attributes));
        return this;
    }

    /** People may ask for one value of an attribute; {@code read} refuses a text with IllegalArgumentException. */
    public Listing<E> filtered(String name, String attribute, Function<String, ?> read) {
        filters.put(name, text -> {
            var value = read.apply(text);
            return (query, builder, row) -> builder.equal(row.get(attribute), value);
        });
        return this;
    }

    /** The page that was asked for, of the rows for which the condition holds. */
    public Page<E> page(EntityManager entities, PageRequest request, Condition<E> visible) {
        var conditions = new ArrayList<Condition<E>>(List.of(visible));
        request.filters().forEach((name, text) -> conditions.add(filter(name, text)));
        if (!request.search().isEmpty()) {
            conditions.add((query, builder, row) -> found(builder, row, request.pattern()));
        }
        var builder = entities.getCriteriaBuilder();
        var query = builder.createQuery(type);
        var row = query.from(type);
        query.select(row).where(all(query, builder, row, conditions)).orderBy(order(builder, row, request));
        var count = builder.createQuery(Long.class);
        var counted = count.from(type);
        count.select(builder.count(counted)).where(all(count, builder, counted, conditions));
        return new Page<>(
                entities.createQuery(query)
                        .setFirstResult(request.offset())
                        .setMaxResults(request.limit())
                        .getResultList(),
                entities.createQuery(count).getSingleResult());
    }

    private Predicate[] all(
            CriteriaQuery<?> query, CriteriaBuilder builder, Root<E> row, List<Condition<E>> conditions) {
        return conditions.stream()
                .map(condition -> condition.on(query, builder, row))
                .toArray(Predicate[]::new);
    }

    private Condition<E> filter(String name, String text) {
        var filter = filters.get(name);
        if (filter == null) {
            throw new InvalidInput(Problem.of("filter-unknown", name).at(name));
        }
        try {
            return filter.apply(text);
        } catch (IllegalArgumentException malformed) {
            throw new InvalidInput(Problem.of("filter-value", name, text).at(name));
        }
    }

    private Predicate found(CriteriaBuilder builder, Root<E> row, String pattern) {
        return builder.or(searched.stream()
                .map(attribute -> builder.like(builder.lower(row.get(attribute)), pattern, '!'))
                .toArray(Predicate[]::new));
    }

    /** Rows that sort alike keep one order from page to page, by their id. */
    private List<Order> order(CriteriaBuilder builder, Root<E> row, PageRequest request) {
        if (request.sort().isEmpty()) {
            return List.of(order(builder, row.get(ownOrder), ownAscending));
        }
        var attribute = sortable.get(request.sort());
        if (attribute == null) {
            throw new InvalidInput(Problem.of("sort-unknown", request.sort()).at("sort"));
        }
        return List.of(order(builder, row.get(attribute), request.ascending()), builder.asc(row.get("id")));
    }

    private static Order order(CriteriaBuilder builder, Expression<?> column, boolean ascending) {
        return ascending ? builder.asc(column) : builder.desc(column);
    }
}
