package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.berth.fixture.Eventually;
import org.berth.fixture.Fresh;
import org.berth.fixture.NewerAuthority;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** By authorities that leave the time of renewal to Berth, and by one that says when. */
@DisplayName("A certificate whose time has come")
class CertificateRenewalIT {

    /** Beyond two thirds of its life, before the last sixth. */
    private static final Duration LATER = Duration.ofMinutes(8 * 60 + 30);

    /** A third of it is more than the minute between two sweeps. */
    private static final Duration SHORT = Duration.ofMinutes(5);

    @Test
    void isRenewedWithinMinutesWhenItLivesNoLonger() {
        try (var pebble = Pebble.whoseCertificatesLive(SHORT)) {
            var authority = pebble.added();
            var visitor = new TlsVisitor(pebble.root());
            var name = Fresh.siteName("minutes");
            People.administrator().rest().createSite(name, "STATIC");
            LabHost.berth("cert", "issue", name, "--authority", authority).run().orFail();
            var first = visit(visitor, name);
            // It is due soon after, so that each of both is less than is waited for a condition.
            var half = Instant.now().plus(SHORT.dividedBy(2));
            Eventually.holds("half of its life is over", () -> Instant.now().isAfter(half));
            // Each visitor until then trusts what is served, which is over within the time that is waited.
            Eventually.holds(
                    "another certificate is served",
                    () -> !visit(visitor, name).certificate().equals(first.certificate()));
            assertThat(first.certificate().getNotAfter().toInstant()).isAfter(Instant.now());
            deleted(name);
        }
    }

    /** As when it has issued by mistake, and is about to revoke: it says so by a time that has passed (RFC 9773). */
    @Test
    void isReplacedAsSoonAsItsAuthorityWantsThat() {
        try (var pebble = new Pebble()) {
            var authority = pebble.added();
            var visitor = new TlsVisitor(pebble.root());
            var name = Fresh.siteName("wanted");
            var why = "https://authority.example/" + name;
            var asked = new AtomicReference<String>();
            var newer = new NewerAuthority(pebble.wire());
            newer.offersProfiles(Map.of("shortlived", "for six days"));
            LabHost.berth("authority", "update", authority, "--profile", "shortlived")
                    .run()
                    .orFail();
            newer.tellsRenewals(certificate -> {
                var isFirst = asked.compareAndSet(null, certificate) || certificate.equals(asked.get());
                var start = Instant.now().plus(isFirst ? Duration.ofDays(-2) : Duration.ofDays(40));
                return new NewerAuthority.Window(
                        start, start.plus(Duration.ofDays(1)), URI.create(why), Duration.ofHours(6));
            });
            People.administrator().rest().createSite(name, "STATIC");
            LabHost.berth("cert", "issue", name, "--authority", authority).run().orFail();
            var first = visit(visitor, name);
            Eventually.holds(
                    "another certificate is served",
                    () -> !visit(visitor, name).certificate().equals(first.certificate()));
            var ordered = pebble.wire().said("/order-plz");
            assertThat(ordered.getString("replaces")).isEqualTo(asked.get());
            assertThat(ordered.getString("profile")).isEqualTo("shortlived");
            assertThat(LabHost.run("journalctl", "-u", "berth", "-o", "cat", "--no-pager")
                            .text())
                    .contains(why);
            deleted(name);
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
            deleted(name);
        }
    }

    /** The job that has brought what is served may go on for a while. */
    private static void deleted(String name) {
        Eventually.holds(
                "the site is deleted",
                () -> LabHost.berth("site", "delete", name, "--yes").run().exit() == 0);
    }

    private static TlsVisitor.Visit visit(TlsVisitor visitor, String name) {
        try {
            return visitor.visit(name, "/");
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
