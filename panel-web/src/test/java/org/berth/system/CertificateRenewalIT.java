package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import org.berth.fixture.Eventually;
import org.berth.fixture.Fresh;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** By authorities that leave the time of renewal to Berth. */
@DisplayName("A certificate most of whose life is over")
class CertificateRenewalIT {

    /** Beyond two thirds of its life, before the last sixth. */
    private static final Duration LATER = Duration.ofMinutes(8 * 60 + 30);

    /** A third of it is more than the minute between two sweeps. */
    private static final Duration SHORT = Duration.ofMinutes(4);

    @Test
    void isRenewedWithinMinutesWhenItLivesNoLonger() {
        try (var pebble = Pebble.whoseCertificatesLive(SHORT)) {
            var authority = pebble.added();
            var visitor = new TlsVisitor(pebble.root());
            var name = Fresh.siteName("minutes");
            var rest = People.administrator().rest();
            rest.createSite(name, "STATIC");
            LabHost.berth("cert", "issue", name, "--authority", authority).run().orFail();
            var first = visit(visitor, name);
            var due = Instant.parse(rest.get("/sites/" + name + "/certificate")
                    .expect(200)
                    .json()
                    .getString("nextAt"));
            Eventually.holds("it is due", () -> Instant.now().isAfter(due));
            // Each visitor until then trusts what is served, which is over within the time that is waited.
            Eventually.holds(
                    "another certificate is served",
                    () -> !visit(visitor, name).certificate().equals(first.certificate()));
            assertThat(first.certificate().getNotAfter().toInstant()).isAfter(Instant.now());
            LabHost.berth("site", "delete", name, "--yes").run().orFail();
        }
    }

    /** Its authority, Caddy's, issues for twelve hours. */
    @Test
    void isRenewedAlthoughNobodyLooks() {
        try (var caddy = new Caddy();
                var clock = HostClock.take()) {
            var authority = caddy.added();
            var visitor = new TlsVisitor(caddy.root());
            var name = Fresh.siteName("hours");
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
