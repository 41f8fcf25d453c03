package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.berth.fixture.Eventually;
import org.berth.fixture.Fresh;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** With another authority than the other tests have, which issues for minutes and leaves the time of renewal to Berth. */
@DisplayName("A certificate that lives for minutes")
class ShortLivedCertificateIT {

    @Test
    void isRenewedInTimeAlthoughNobodyLooks() {
        try (var caddy = new Caddy()) {
            var authority = caddy.added();
            var visitor = new TlsVisitor(caddy.root());
            var name = Fresh.siteName("minutes");
            People.administrator().rest().createSite(name, "STATIC");
            Caddy.leadsHere(name + " www." + name);
            LabHost.berth("cert", "issue", name, "--authority", authority).run().orFail();
            var first = visit(visitor, name);
            assertThat(first.answer().status()).isEqualTo(200);
            Eventually.holds(
                    "another certificate is served, before the first has ended",
                    () -> !visit(visitor, name).certificate().equals(first.certificate()));
            LabHost.berth("site", "delete", name, "--yes").run().orFail();
        }
    }

    /** Verifies, so that one that has ended is refused. */
    private static TlsVisitor.Visit visit(TlsVisitor visitor, String name) {
        try {
            return visitor.visit(name, "/");
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
