package org.berth.platform;

import java.util.List;

/**
 * One page of rows and how many there are in all.
 *
 * @param rows the page
 * @param total rows that match, on all pages
 */
public record Page<T>(List<T> rows, long total) {

    public Page {
        rows = List.copyOf(rows);
    }
}
