package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.berth.fixture.Eventually;
import org.berth.fixture.Fresh;
import org.berth.fixture.Wire;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * At each step of getting a certificate the panel is killed while it waits for a verb or for the authority, who may have
 * done already what was asked: as many sites as the panel works on at once wait at as many points, and one kill hits all.
 */
@DisplayName("Getting a certificate, killed on the way,")
class CertificateKillsIT {

    /** As many jobs as the panel works on at once. */
    private static final int AT_ONCE = 8;

    private static final RestClient REST = People.administrator().rest();

    private static Pebble pebble;
    private static Saboteur saboteur;
    private static TlsVisitor visitor;

    private final Map<String, Integer> jobs = new LinkedHashMap<>();

    @BeforeAll
    static void openTheAuthority() {
        pebble = Pebble.thatTakesItsTime();
        visitor = new TlsVisitor(pebble.root());
        saboteur = Saboteur.onHost();
    }

    @AfterAll
    static void closeTheAuthority() {
        saboteur.close();
        pebble.close();
    }

    /** Each is stopped once, at whichever point nobody stands yet. */
    @Test
    void endsIssuedByOneOrderWhereverThePanelIsKilled() throws IOException {
        var authority = pebble.added();
        begin(site(), authority);
        allAreIssued(0);
        var sites = Stream.generate(CertificateKillsIT::site).limit(AT_ONCE).toList();
        var orders = pebble.orders();

        // First those that a verb keeps waiting: the panel waits for an authority for seconds only.
        var verbs = List.of("acme-challenge", "certificate-request", "certificate-install");
        verbs.forEach(verb -> saboteur.awaits(verb, "both", "after"));
        sites.subList(0, verbs.size()).forEach(site -> begin(site, authority));
        saboteur.holds(verbs.size());
        var another = pebble.added();
        var stops = new ArrayList<Wire.Stop>();
        stops.add(pebble.wire().holdsBefore("/order-plz"));
        for (var path : List.of("/sign-me-up", "/order-plz", "/chalZ/", "/finalize-order/")) {
            stops.add(pebble.wire().holdsAfter(path));
        }
        sites.subList(verbs.size(), AT_ONCE - 1).forEach(site -> begin(site, authority));
        begin(sites.get(AT_ONCE - 1), another);
        stops.forEach(Wire.Stop::reached);
        killThePanel(stops);
        allAreIssued(verbs.size());
        assertThat(pebble.orders() - orders).isEqualTo(AT_ONCE);
    }

    /** The verb that answers challenges is called three times: the stops tell when a job is between two of them. */
    @Test
    void endsIssuedByOneOrderWhenThePanelIsKilledWhileAnswersArePutAndTakenAway() throws IOException {
        var authority = pebble.added();
        var sites = Stream.generate(CertificateKillsIT::site).limit(2).toList();
        var orders = pebble.orders();
        var held = 0;
        for (var path : List.of("/order-plz", "/certZ/")) {
            var stop = pebble.wire().holdsBefore(path);
            begin(sites.get(held), authority);
            stop.reached();
            saboteur.awaits("acme-challenge", "both", "after");
            stop.letGo();
            saboteur.holds(++held);
        }
        killThePanel(List.of());
        allAreIssued(held);
        assertThat(pebble.orders() - orders).isEqualTo(sites.size());
    }

    @Test
    void endsIssuedByOneOrderWhereverAVerbIsKilled() throws IOException {
        var authority = pebble.added();
        for (var when : List.of("before", "inside 0.03", "after")) {
            var site = site();
            var orders = pebble.orders();
            var verbs = List.of("acme-challenge", "certificate-request", "acme-challenge", "certificate-install");
            verbs.forEach(verb -> saboteur.awaits(verb, "verb", when));
            begin(site, authority);
            allAreIssued(verbs.size());
            assertThat(pebble.orders() - orders).isEqualTo(1);
        }
    }

    private void begin(String site, String authority) {
        jobs.put(
                site,
                REST.post(
                                "/sites/" + site + "/certificate",
                                Json.createObjectBuilder().add("authority", authority))
                        .expect(202)
                        .json()
                        .getInt("id"));
    }

    private static String site() {
        var name = Fresh.siteName("broken");
        REST.createSite(name, "STATIC");
        return name;
    }

    private static void killThePanel(List<Wire.Stop> stops) {
        LabHost.run("systemctl", "kill", "--kill-whom=main", "--signal=KILL", "berth.service");
        stops.forEach(Wire.Stop::lose);
        saboteur.letGo();
        Eventually.holds(
                "the panel is back", () -> LabHost.berth("job", "list").run().exit() == 0);
    }

    /** Though so many verbs were broken off. */
    private void allAreIssued(int verbs) throws IOException {
        for (var each : jobs.entrySet()) {
            var job = REST.waitFor(each.getValue());
            assertThat(job.getString("state")).as(job.toString()).isEqualTo("SUCCEEDED");
            assertThat(visitor.visit(each.getKey(), "/").answer().status()).isEqualTo(200);
            assertThat(REST.get("/sites/" + each.getKey() + "/certificate")
                            .expect(200)
                            .json()
                            .getJsonArray("history"))
                    .hasSize(1);
        }
        jobs.clear();
        assertThat(saboteur.strikes()).hasSize(verbs);
        assertThat(LabHost.run("ls", "/var/lib/berth/visitors/.well-known/acme-challenge")
                        .text())
                .isEmpty();
    }
}
