package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.berth.fixture.Eventually;
import org.berth.fixture.Fresh;
import org.berth.fixture.Wire;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * At each step of a proof by records the panel is killed while it waits for the name server, for the authority or for a
 * verb, who may have done already what was asked: a site waits at each point, and one kill hits all.
 */
@DisplayName("Getting a certificate by records in the DNS, killed on the way,")
class CertificateDnsKillsIT {

    private static final RestClient REST = People.administrator().rest();

    private final String zone = Fresh.siteName("zone");
    private final List<Wire.Stop> stops = new ArrayList<>();
    private final Map<String, Integer> jobs = new LinkedHashMap<>();
    private JsonObject wanted;

    /** Who is asked over HTTP is waited for longest, so these stand first; for an answer to a question only five seconds. */
    @Test
    void endsIssuedByOneOrderAndWithoutARecordWhereverThePanelIsKilled() throws IOException {
        try (var pebble = Pebble.withZone(zone);
                var saboteur = Saboteur.onHost()) {
            var names = pebble.nameWire();
            var wire = pebble.wire();
            wanted = Json.createObjectBuilder()
                    .add("authority", pebble.added())
                    .add("challenge", "dns-01")
                    .add("dnsAccess", pebble.dnsAccess())
                    .build();
            var sites = IntStream.range(0, 6)
                    .mapToObj(each -> "s" + each + "." + zone)
                    .toList();
            sites.forEach(site -> REST.createSite(site, "STATIC"));

            // Ordered, written, waited for; and looked at, which comes before.
            stands(sites.get(0), wire.holdsBefore("/order-plz"));
            stands(sites.get(1), wire.holdsAfter("/order-plz"));
            stands(sites.get(2), names.holdsBefore("ADD "));
            stands(sites.get(3), names.holdsAfter("ADD "));
            stands(sites.get(4), names.holdsBefore("TXT "));
            stands(sites.get(5), names.holdsBefore("SOA "));
            killThePanel(saboteur);
            allAreIssued(pebble, 1);

            // Installed, which comes last; verified, issued, and removed.
            saboteur.awaits("certificate-install", "both", "after");
            begin(sites.get(0));
            saboteur.holds(1);
            stands(sites.get(1), wire.holdsBefore("/chalZ/"));
            stands(sites.get(2), wire.holdsAfter("/chalZ/"));
            stands(sites.get(3), wire.holdsAfter("/finalize-order/"));
            stands(sites.get(4), names.holdsBefore("DELETE "));
            stands(sites.get(5), names.holdsAfter("DELETE "));
            killThePanel(saboteur);
            allAreIssued(pebble, 2);
            assertThat(saboteur.strikes()).hasSize(1);
        }
    }

    private void stands(String site, Wire.Stop stop) {
        begin(site);
        stops.add(stop.reached());
    }

    private void begin(String site) {
        var begun = REST.post("/sites/" + site + "/certificate", Json.createObjectBuilder(wanted));
        jobs.put(site, begun.expect(202).json().getInt("id"));
    }

    private void killThePanel(Saboteur saboteur) {
        LabHost.run("systemctl", "kill", "--kill-whom=main", "--signal=KILL", "berth.service");
        stops.forEach(Wire.Stop::lose);
        stops.clear();
        saboteur.letGo();
        Eventually.holds(
                "the panel is back", () -> LabHost.berth("job", "list").run().exit() == 0);
    }

    private void allAreIssued(Pebble pebble, int times) throws IOException {
        var visitor = new TlsVisitor(pebble.root());
        for (var each : jobs.entrySet()) {
            var job = REST.waitFor(each.getValue());
            assertThat(job.getString("state")).as(job.toString()).isEqualTo("SUCCEEDED");
            var visit = visitor.visit(each.getKey(), "/");
            assertThat(visit.answer().status()).isEqualTo(200);
            var served = REST.get("/sites/" + each.getKey() + "/certificate")
                    .expect(200)
                    .json()
                    .getJsonObject("served");
            assertThat(served.getInt("number")).isEqualTo(times);
            for (var name : served.getJsonArray("names").getValuesAs(JsonString::getString)) {
                assertThat(pebble.proofs(name)).as(name).isEmpty();
            }
        }
        assertThat(pebble.orders()).isEqualTo(times * jobs.size());
        jobs.clear();
    }
}
