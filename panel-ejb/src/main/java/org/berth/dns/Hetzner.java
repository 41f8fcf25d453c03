package org.berth.dns;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * Hetzner's name servers, by the API of its cloud (https://docs.hetzner.cloud/reference/cloud#zone-rrset-actions), with a
 * project's token that may write. It adds and removes single values, as actions that take a moment.
 */
final class Hetzner implements DnsProvider {

    static final URI API = URI.create("https://api.hetzner.cloud/v1");

    private static final Duration DONE_WITHIN = Duration.ofSeconds(60);
    private static final int NOT_FOUND = 404;

    private final DnsApi api;
    private final Zones zones;

    Hetzner(URI base, String token, Zones zones) {
        api = new DnsApi(base, Map.of("Authorization", "Bearer " + token));
        this.zones = zones;
    }

    @Override
    public void present(TxtRecord record) {
        var there = api.get(set(record));
        var change = change(record);
        if (there.status() == NOT_FOUND) {
            // One that there is keeps its own.
            change.add("ttl", TTL);
        } else if (has(there, record)) {
            return;
        }
        act(record, "add_records", change.build());
    }

    @Override
    public void remove(TxtRecord record) {
        var there = api.get(set(record));
        if (there.status() != NOT_FOUND && has(there, record)) {
            act(record, "remove_records", change(record).build());
        }
    }

    private void act(TxtRecord record, String action, JsonObject change) {
        var answer = api.ask("POST", set(record) + "/actions/" + action, change);
        var patience = new Patience(DONE_WITHIN);
        while (true) {
            var state = api.part(record.name(), answer, "action");
            switch (state.getString("status", "")) {
                case "success" -> {
                    return;
                }
                case "running" -> {
                    if (!patience.rest()) {
                        throw api.refused(record.name(), answer);
                    }
                }
                default -> throw api.refused(record.name(), answer);
            }
            answer = api.get("/actions/" + state.getJsonNumber("id"));
        }
    }

    private boolean has(DnsApi.Answer there, TxtRecord record) {
        return api.list(record.name(), there, api.part(record.name(), there, "rrset"), "records").stream()
                .anyMatch(some -> some.getString("value", "").equals(record.quoted()));
    }

    private static JsonObjectBuilder change(TxtRecord record) {
        return Json.createObjectBuilder()
                .add(
                        "records",
                        Json.createArrayBuilder().add(Json.createObjectBuilder().add("value", record.quoted())));
    }

    private String set(TxtRecord record) {
        var zone = zones.of(record.name());
        return "/zones/" + zone + "/rrsets/" + Zones.within(zone, record.name()) + "/TXT";
    }
}
