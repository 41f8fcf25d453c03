package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.berth.fixture.Eventually;
import org.berth.fixture.Fresh;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** From the wish for a certificate with a star to visitors of names below it, with a real authority and a real name server. */
@DisplayName("A certificate that is proven by records in the DNS")
class CertificateWildcardIT {

    private final RestClient rest = People.administrator().rest();
    private final String name = Fresh.siteName("wild");
    private final String access = Fresh.login("bind");

    @Test
    void isForNamesThatTheSiteGetsLaterAndSurvivesAKilledPanel() throws IOException {
        try (var pebble = Pebble.withZone(name)) {
            var authority = pebble.added();
            var visitor = new TlsVisitor(pebble.root());
            rest.createSite(name, "STATIC");
            addAccess(pebble);

            LabHost.berth("cert", "issue", name, "--authority", authority, "--challenge", "dns-01")
                    .with("--dns", access, "--wildcard", "*." + name)
                    .run()
                    .orFail();
            assertThat(recordsLeft(pebble)).isEmpty();
            LabHost.berth("site", "update", name, "--alias", "shop." + name)
                    .run()
                    .orFail();
            for (var each : List.of(name, "shop." + name)) {
                assertThat(visitor.visit(each, "/").answer().status()).as(each).isEqualTo(200);
            }

            var before = visitor.visit(name, "/").certificate();
            var orders = pebble.orders();
            var asked = pebble.wire().holdsBefore("/chalZ/");
            var job = rest.post("/sites/" + name + "/certificate/renew")
                    .expect(202)
                    .json()
                    .getInt("id");
            asked.reached();
            assertThat(recordsLeft(pebble)).hasSize(2);
            LabHost.run("systemctl", "kill", "--kill-whom=main", "--signal=KILL", "berth.service");
            asked.lose();
            Eventually.holds(
                    "the panel is back",
                    () -> LabHost.berth("job", "list").run().exit() == 0);
            assertThat(rest.waitFor(job).getString("state")).isEqualTo("SUCCEEDED");
            assertThat(pebble.orders()).isEqualTo(orders + 1);
            assertThat(recordsLeft(pebble)).isEmpty();
            assertThat(visitor.visit("shop." + name, "/").certificate()).isNotEqualTo(before);
        }
    }

    private void addAccess(Pebble pebble) {
        LabHost.program("tee", "/root/" + access).run(Pebble.ZONE_KEY).orFail();
        LabHost.berth("dns", "create", access, "--kind", "rfc2136", "--zone", name)
                .with("--server", pebble.elsewhere(), "--account", Pebble.ZONE_KEY_NAME)
                .with("--algorithm", "hmac-sha256", "--secret-file", "/root/" + access)
                .run()
                .orFail();
        LabHost.run("rm", "/root/" + access);
    }

    /** What the name server tells where an authority asks. */
    private List<Record> recordsLeft(Pebble pebble) throws IOException {
        var question = Record.newRecord(Name.fromString("_acme-challenge." + name + "."), Type.TXT, DClass.IN);
        var server = new SimpleResolver(new InetSocketAddress(pebble.elsewhere(), 53));
        return server.send(Message.newQuery(question)).getSection(Section.ANSWER);
    }
}
