package org.berth.sites;

import java.util.List;

/**
 * What DNS should say about a name so that visitors reach this host.
 *
 * @param name ASCII form
 * @param wanted records to set, such as {@code A 192.0.2.1}
 * @param found addresses the name leads to now, empty when none or not known yet
 */
public record DnsHint(String name, List<Record> wanted, Status status, List<String> found) {

    /**
     * A resource record.
     *
     * @param type {@code A} or {@code AAAA}
     */
    public record Record(String type, String value) {}

    /** Where the name leads. */
    public enum Status {
        /** Being looked up; ask again in a moment. */
        UNKNOWN,
        /** Nowhere. */
        MISSING,
        /** Here. */
        HERE,
        /** To another host, or here and to another. */
        ELSEWHERE
    }

    public DnsHint {
        wanted = List.copyOf(wanted);
        found = List.copyOf(found);
    }
}
