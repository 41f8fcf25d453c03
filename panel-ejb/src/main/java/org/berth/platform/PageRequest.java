package org.berth.platform;

import java.util.Locale;
import java.util.Map;

/**
 * Which rows of a list are wanted.
 *
 * @param offset rows to skip, 0 or more
 * @param limit rows wanted, 1 to {@value #MAX_LIMIT}
 * @param sort name of a sortable column, empty for the list's own order; an unknown one is refused by the list
 * @param ascending direction of the sort
 * @param search text looked for in the list's searchable columns, empty for all rows
 * @param filters column name to wanted value, for columns with few values (state, type, owner)
 */
public record PageRequest(
        int offset, int limit, String sort, boolean ascending, String search, Map<String, String> filters) {

    /** More rows than this are never returned at once. */
    public static final int MAX_LIMIT = 1000;

    public PageRequest {
        if (offset < 0) {
            throw new InvalidInput(Problem.of("page-offset", offset).at("offset"));
        }
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new InvalidInput(Problem.of("page-limit", limit, MAX_LIMIT).at("limit"));
        }
        search = search.strip();
        filters = Map.copyOf(filters);
    }

    /** The first rows in the list's own order. */
    public static PageRequest first(int limit) {
        return new PageRequest(0, limit, "", true, "", Map.of());
    }

    /** What lower-case text is compared with by {@code like}, where {@code !} escapes. */
    public String pattern() {
        return "%"
                + search.toLowerCase(Locale.ROOT)
                        .replace("!", "!!")
                        .replace("%", "!%")
                        .replace("_", "!_")
                + "%";
    }

    /**
     * The order as a clause of JPQL; an unknown column is refused.
     *
     * @param columns by the names that people sort by
     * @param usual the list's own order
     * @param last column by which rows that sort alike keep one order from page to page
     */
    public String orderBy(Map<String, String> columns, String usual, String last) {
        if (sort.isEmpty()) {
            return " order by " + usual + ", " + last;
        }
        var column = columns.get(sort);
        if (column == null) {
            throw new InvalidInput(Problem.of("sort-unknown", sort).at("sort"));
        }
        return " order by " + column + (ascending ? "" : " desc") + ", " + last;
    }
}
