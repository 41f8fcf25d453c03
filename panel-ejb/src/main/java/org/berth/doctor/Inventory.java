package org.berth.doctor;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the host has for each site's number, in the words of the verb {@code host-inventory}; names are written {@code
 * served=NAME} and {@code claimed=NAME}.
 *
 * @param databases whether the sites' database server could be asked
 * @param quota whether the kernel holds sites to limits of the disk
 * @param things words by number, without numbers that have nothing
 */
record Inventory(boolean databases, boolean quota, SortedMap<Long, Set<String>> things) {

    static Inventory read(JsonObject answer) {
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
        return new Inventory(answer.getBoolean("databases"), answer.getBoolean("quota"), things);
    }

    Set<String> of(long site) {
        return things.getOrDefault(site, Set.of());
    }

    private static Set<String> of(SortedMap<Long, Set<String>> things, String number) {
        return things.computeIfAbsent(Long.valueOf(number), any -> new TreeSet<>());
    }
}
