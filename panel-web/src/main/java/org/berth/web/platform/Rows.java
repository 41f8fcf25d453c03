package org.berth.web.platform;

import java.util.List;
import java.util.function.Function;
import org.berth.platform.Page;

/**
 * One page of a list, as JSON.
 *
 * @param items the rows
 * @param total rows that match, on all pages
 */
public record Rows<T>(List<T> items, long total) {

    /** The page with each row as JSON shows it. */
    public static <V, T> Rows<T> of(Page<V> page, Function<V, T> row) {
        return new Rows<>(page.rows().stream().map(row).toList(), page.total());
    }
}
