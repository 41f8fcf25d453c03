package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.berth.fixture.Eventually;
import org.berth.fixture.Fresh;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** With another authority than the other tests have, which issues for twelve hours and leaves the time of renewal to Berth. */
@DisplayName("A certificate most of whose life is over")
class CertificateRenewalIT {

    /** Beyond two thirds of its life, before the last sixth. */
    private static final Duration LATER = Duration.ofMinutes(8 * 60 + 30);

    @Test
    void isRenewedAlthoughNobodyLooks() {
        try (var caddy = new Caddy();
                var clock = HostClock.take()) {
            var authority = caddy.added();
            var visitor = new TlsVisitor(caddy.root());
            var name = Fresh.siteName("minutes");
            People.administrator().rest().createSite(name, "STATIC");
            Caddy.leadsHere(name + " www." + name);
            LabHost.berth("cert", "issue", name, "--authority", authority).run().orFail();
            var first = visit(visitor, name);
            assertThat(first.answer().status()).isEqualTo(200);
            clock.set(LATER);
            Eventually.holds(
                    "another certificate is served",
                    () -> !visit(visitor, name).certificate().equals(first.certificate()));
            LabHost.berth("site", "delete", name, "--yes").run().orFail();
        }
    }

    private static TlsVisitor.Visit visit(TlsVisitor visitor, String name) {
        try {
            return visitor.visit(name, "/");
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
