package org.berth.web.frame;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.berth.platform.PageRequest;

/**
 * Which part of a list is shown: read from the address and written back into it, so that every state of a list can be
 * linked, reloaded and gone back to.
 */
public final class ListQuery {

    private static final int SIZE = 25;
    private static final String SEARCH = "search";
    private static final String SORT = "sort";
    private static final String PAGE = "page";

    private final String path;
    private final List<String> filterNames;
    private final Map<String, String> values = new LinkedHashMap<>();

    private ListQuery(String path, List<String> filterNames) {
        this.path = path;
        this.filterNames = filterNames;
    }

    /** Reads the query of a list that has these filters. */
    public static ListQuery of(HttpServletRequest request, String path, String... filters) {
        var query = new ListQuery(path, List.of(filters));
        query.take(request, SEARCH);
        query.filterNames.forEach(name -> query.take(request, name));
        query.take(request, SORT);
        query.take(request, PAGE);
        return query;
    }

    private void take(HttpServletRequest request, String name) {
        var value = request.getParameter(name);
        if (value != null && !value.isBlank()) {
            values.put(name, value.strip());
        }
    }

    /** What the boundary is asked for. */
    public PageRequest request() {
        var sort = value(SORT);
        return new PageRequest(
                (page() - 1) * SIZE,
                SIZE,
                sort.startsWith("-") ? sort.substring(1) : sort,
                !sort.startsWith("-"),
                value(SEARCH),
                filters());
    }

    /** Whether the list shows less than everything. */
    public boolean isNarrowed() {
        return !value(SEARCH).isEmpty() || !filters().isEmpty();
    }

    /** Value of a parameter, empty when it is not given. */
    public String value(String name) {
        return values.getOrDefault(name, "");
    }

    /** What a search keeps: filters and order that are set. */
    public List<String> others() {
        return values.keySet().stream()
                .filter(name -> !name.equals(SEARCH) && !name.equals(PAGE))
                .toList();
    }

    private Map<String, String> filters() {
        return values.entrySet().stream()
                .filter(entry -> filterNames.contains(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Address of the list with one filter set; setting it to what it is takes it off. */
    public String filtered(String name, String value) {
        var wished = value(name).equals(value) ? "" : value;
        return address(name, wished);
    }

    /** Address of the list as it is shown. */
    public String current() {
        return address(PAGE, value(PAGE));
    }

    /** Address of the list without any narrowing. */
    public String everything() {
        return path;
    }

    /** Address of the list in the order of a column; the same column again turns the order round. */
    public String sorted(String column) {
        return address(SORT, value(SORT).equals(column) ? "-" + column : column);
    }

    /** For {@code aria-sort}. */
    public String order(String column) {
        if (value(SORT).equals(column)) {
            return "ascending";
        }
        return value(SORT).equals("-" + column) ? "descending" : null;
    }

    /** Icon of a sortable column. */
    public String orderIcon(String column) {
        var order = order(column);
        if (order == null) {
            return "unfold";
        }
        return order.equals("ascending") ? "up" : "down";
    }

    /** Address of another page of the list. */
    public String page(int number) {
        return address(PAGE, number <= 1 ? "" : String.valueOf(number));
    }

    /** Page that is shown, 1 for the first. */
    public int page() {
        try {
            return Math.min(Math.max(Integer.parseInt(value(PAGE)), 1), 100_000);
        } catch (NumberFormatException notANumber) {
            return 1;
        }
    }

    /** Number of pages of so many rows. */
    public int pages(long total) {
        return (int) Math.max(1, (total + SIZE - 1) / SIZE);
    }

    /** Number of the first row that is shown. */
    public long from(long total) {
        return total == 0 ? 0 : (page() - 1L) * SIZE + 1;
    }

    /** Number of the last row that is shown. */
    public long to(long total) {
        return Math.min(total, (long) page() * SIZE);
    }

    private String address(String name, String value) {
        var changed = new LinkedHashMap<>(values);
        changed.put(name, value);
        if (!name.equals(PAGE)) {
            changed.remove(PAGE);
        }
        var query = changed.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? path : path + "?" + query;
    }
}
