package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.berth.fixture.Fresh;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** From the wish for a certificate with a star to visitors of names below it, with a real authority and a real name server. */
@DisplayName("A certificate that is proven by records in the DNS")
class CertificateWildcardIT {

    private final RestClient rest = People.administrator().rest();
    private final String name = Fresh.siteName("wild");

    @Test
    void isForNamesThatTheSiteGetsLater() throws IOException {
        try (var pebble = Pebble.withZone(name)) {
            var authority = pebble.added();
            var visitor = new TlsVisitor(pebble.root());
            rest.createSite(name, "STATIC");

            LabHost.berth("cert", "issue", name, "--authority", authority, "--challenge", "dns-01")
                    .with("--dns", pebble.dnsAccess(), "--wildcard", "*." + name)
                    .run()
                    .orFail();
            assertThat(pebble.proofs(name)).isEmpty();
            LabHost.berth("site", "update", name, "--alias", "shop." + name)
                    .run()
                    .orFail();
            for (var each : List.of(name, "shop." + name)) {
                assertThat(visitor.visit(each, "/").answer().status()).as(each).isEqualTo(200);
            }

            var before = visitor.visit(name, "/").certificate();
            LabHost.berth("cert", "renew", name).run().orFail();
            assertThat(visitor.visit("shop." + name, "/").certificate()).isNotEqualTo(before);
            assertThat(pebble.proofs(name)).isEmpty();
        }
    }
}
