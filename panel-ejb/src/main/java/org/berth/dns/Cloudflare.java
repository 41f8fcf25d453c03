package org.berth.dns;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Cloudflare, by its API version 4 (https://developers.cloudflare.com/api/), with a token that may read zones and edit
 * their DNS. Each value is a record of its own.
 */
final class Cloudflare implements DnsProvider {

    static final URI API = URI.create("https://api.cloudflare.com/client/v4");

    private final DnsApi api;
    private final Zones zones;

    Cloudflare(URI base, String token, Zones zones) {
        api = new DnsApi(base, Map.of("Authorization", "Bearer " + token));
        this.zones = zones;
    }

    @Override
    public void present(TxtRecord record) {
        var records = records(record);
        if (found(records, record).isEmpty()) {
            var wanted = Json.createObjectBuilder()
                    .add("type", "TXT")
                    .add("name", record.name())
                    .add("content", record.quoted())
                    .add("ttl", TTL)
                    .build();
            api.require(record.name(), api.ask("POST", records, wanted));
        }
    }

    @Override
    public void remove(TxtRecord record) {
        var records = records(record);
        for (var id : found(records, record)) {
            api.require(record.name(), api.ask("DELETE", records + "/" + id, JsonObject.EMPTY_JSON_OBJECT));
        }
    }

    /** Ids of the records that have exactly this value; some were made without quotes. */
    private List<String> found(String records, TxtRecord record) {
        var all = api.get(records + "?type=TXT&name.exact=" + record.name());
        return api.list(record.name(), all, "result").stream()
                .filter(some -> some.getString("name", "").equals(record.name()))
                .filter(some -> List.of(record.quoted(), record.value()).contains(some.getString("content", "")))
                .map(some -> some.getString("id"))
                .toList();
    }

    /** Path of the records of the zone. */
    private String records(TxtRecord record) {
        var zone = zones.of(record.name());
        var answer = api.get("/zones?name=" + zone);
        return api.list(zone, answer, "result").stream()
                .findFirst()
                .map(found -> "/zones/" + found.getString("id") + "/dns_records")
                .orElseThrow(() -> api.refused(zone, answer));
    }
}
