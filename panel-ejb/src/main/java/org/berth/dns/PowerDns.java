package org.berth.dns;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * PowerDNS Authoritative Server, by its API (https://doc.powerdns.com/authoritative/http-api/). It replaces all values of a
 * name at once, so they are read before; whoever writes at the same moment from elsewhere may win, which is seen when the
 * name servers are asked.
 */
final class PowerDns implements DnsProvider {

    private static final String QUERY = "?rrset_name=%s.&rrset_type=TXT";

    private final DnsApi api;
    private final String server;
    private final Zones zones;

    PowerDns(URI base, String server, String key, Zones zones) {
        api = new DnsApi(base, Map.of("X-API-Key", key));
        this.server = server;
        this.zones = zones;
    }

    @Override
    public void present(TxtRecord record) {
        var values = values(record);
        if (values.add(record.quoted())) {
            replace(record, values);
        }
    }

    @Override
    public void remove(TxtRecord record) {
        var values = values(record);
        if (values.remove(record.quoted())) {
            replace(record, values);
        }
    }

    private Set<String> values(TxtRecord record) {
        var zone = api.get(zone(record) + QUERY.formatted(record.name()));
        var values = new LinkedHashSet<String>();
        // Versions that do not know the question's end tell the whole zone.
        for (var set : api.list(record.name(), zone, "rrsets")) {
            if (set.getString("name", "").equalsIgnoreCase(record.name() + ".")
                    && "TXT".equals(set.getString("type", ""))) {
                api.list(record.name(), zone, set, "records").stream()
                        .map(value -> value.getString("content", ""))
                        .forEach(values::add);
            }
        }
        return values;
    }

    private void replace(TxtRecord record, Set<String> values) {
        var set = Json.createObjectBuilder()
                .add("name", record.name() + ".")
                .add("type", "TXT")
                .add("ttl", TTL)
                .add("changetype", values.isEmpty() ? "DELETE" : "REPLACE")
                .add("records", records(values));
        var change = Json.createObjectBuilder()
                .add("rrsets", Json.createArrayBuilder().add(set))
                .build();
        api.require(record.name(), api.ask("PATCH", zone(record), change));
    }

    private static JsonArrayBuilder records(Set<String> values) {
        var records = Json.createArrayBuilder();
        values.forEach(value ->
                records.add(Json.createObjectBuilder().add("content", value).add("disabled", false)));
        return records;
    }

    private String zone(TxtRecord record) {
        return "/api/v1/servers/" + server + "/zones/" + zones.of(record.name()) + ".";
    }
}
