package org.berth.doctor;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.berth.settings.PlanView;

/**
 * What the host has for each site's number, in the words of the verb {@code host-inventory}; names are written {@code
 * served=NAME} and {@code claimed=NAME}.
 *
 * @param databases whether the sites' database server could be asked
 * @param quota whether the kernel holds sites to limits of the disk
 * @param things words by number, without numbers that have nothing
 * @param uses what the kernel has counted by number, where it holds sites to limits
 */
record Inventory(boolean databases, boolean quota, SortedMap<Long, Set<String>> things, Map<Long, Use> uses) {

    /** What a site has on disk. */
    record Use(long bytes, long files) {

        private static final long MIB = 1024L * 1024;
        private static final Use NONE = new Use(0, 0);

        /** Whether the plan's limits would bind at once. */
        boolean isOver(PlanView plan) {
            return bytes > plan.diskMiB() * MIB || files > plan.files();
        }
    }

    /**
     * @param answer of {@code host-inventory}
     * @param use of {@code disk-use}
     */
    static Inventory read(JsonObject answer, JsonObject use) {
        var things = new TreeMap<Long, Set<String>>();
        for (var alike : answer.getJsonArray("sites").getValuesAs(JsonObject.class)) {
            var words = alike.getJsonArray("has").getValuesAs(JsonString::getString);
            alike.getJsonArray("numbers")
                    .forEach(number -> of(things, number.toString()).addAll(words));
        }
        for (var kind : Set.of("served", "claimed")) {
            answer.getJsonObject(kind).forEach((number, names) -> {
                for (var name : ((JsonString) names).getString().split(" ")) {
                    of(things, number).add(kind + "=" + name);
                }
            });
        }
        return new Inventory(answer.getBoolean("databases"), answer.getBoolean("quota"), things, uses(use));
    }

    /** The kernel counts nothing for a user that has nothing. */
    Use use(long site) {
        return uses.getOrDefault(site, Use.NONE);
    }

    private static Map<Long, Use> uses(JsonObject answer) {
        var uses = new TreeMap<Long, Use>();
        for (var site : answer.getJsonArray("sites").getValuesAs(JsonArray.class)) {
            uses.put(number(site, 0), new Use(number(site, 1), number(site, 2)));
        }
        return uses;
    }

    private static long number(JsonArray array, int index) {
        return array.getJsonNumber(index).longValue();
    }

    Set<String> of(long site) {
        return things.getOrDefault(site, Set.of());
    }

    private static Set<String> of(SortedMap<Long, Set<String>> things, String number) {
        return things.computeIfAbsent(Long.valueOf(number), any -> new TreeSet<>());
    }
}
