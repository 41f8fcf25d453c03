package org.berth.dns;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.berth.platform.Conflict;
import org.berth.platform.Problem;

/**
 * The zones of a name server that an access is for.
 *
 * @param names in ASCII form, without a full stop at the end
 */
record Zones(List<String> names) {

    Zones {
        names = List.copyOf(names);
    }

    /** The nearest zone that a name is in. */
    Optional<String> find(String name) {
        return names.stream()
                .filter(zone -> name.equals(zone) || name.endsWith("." + zone))
                .max(Comparator.comparingInt(String::length));
    }

    /**
     * The nearest zone that a name is in.
     *
     * @throws Conflict when it is in none
     */
    String of(String name) {
        return find(name).orElseThrow(() -> new Conflict(Problem.of("dns-outside", name, String.join(", ", names))));
    }

    /** A name as a zone's own list has it: without the zone, and @ for the zone itself. */
    static String within(String zone, String name) {
        return name.equals(zone) ? "@" : name.substring(0, name.length() - zone.length() - 1);
    }
}
