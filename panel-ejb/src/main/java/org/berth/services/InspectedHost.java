package org.berth.services;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the answer of the verb {@code host-inspect}. */
final class InspectedHost {

    private InspectedHost() {}

    static HostView read(JsonObject facts, Instant now) {
        var addresses = facts.getJsonObject("addresses");
        return new HostView(
                texts(facts.getJsonArray("phpVersions")).stream()
                        .sorted(Comparator.reverseOrder())
                        .toList(),
                texts(addresses.getJsonArray("ipv4")),
                texts(addresses.getJsonArray("ipv6")),
                number(facts, "memoryMiB"),
                number(facts, "memoryAvailableMiB"),
                facts.getJsonArray("disks").getValuesAs(JsonObject.class).stream()
                        .map(InspectedHost::disk)
                        .toList(),
                quota(facts.getJsonObject("quota")),
                facts.getBoolean("http3", false),
                TlsProfile.of(facts.getString("tlsProfile", TlsProfile.INTERMEDIATE.text())),
                facts.getJsonArray("quarantined").getValuesAs(JsonObject.class).stream()
                        .collect(Collectors.toMap(site -> number(site, "site"), site -> site.getString("error"))),
                texts(facts.getJsonArray("refused")),
                facts.getJsonNumber("load1").doubleValue(),
                number(facts, "uptimeSeconds"),
                facts.getJsonArray("services").getValuesAs(JsonObject.class).stream()
                        .map(InspectedHost::service)
                        .toList(),
                now);
    }

    private static DiskView disk(JsonObject disk) {
        return new DiskView(
                disk.getString("path"),
                number(disk, "mib"),
                number(disk, "freeMib"),
                number(disk, "files"),
                number(disk, "freeFiles"));
    }

    private static QuotaView quota(JsonObject quota) {
        return new QuotaView(quota.getString("fileSystem"), quota.getBoolean("enforced"), quota.getString("why"));
    }

    private static ServiceView service(JsonObject service) {
        var since = number(service, "sinceEpoch");
        return new ServiceView(
                service.getString("name"),
                service.getString("unit"),
                service.getString("state"),
                service.getString("sub"),
                since == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(since)),
                number(service, "restarts"),
                number(service, "memoryBytes"));
    }

    private static long number(JsonObject object, String key) {
        return object.containsKey(key) ? object.getJsonNumber(key).longValue() : 0;
    }

    private static List<String> texts(JsonArray array) {
        return array.getValuesAs(JsonString::getString);
    }
}
