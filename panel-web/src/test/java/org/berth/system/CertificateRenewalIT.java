package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.berth.fixture.Eventually;
import org.berth.fixture.Fresh;
import org.berth.fixture.NewerAuthority;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** By authorities that leave the time of renewal to Berth, and by one that says when. */
@DisplayName("A certificate whose time has come")
class CertificateRenewalIT {

    /** Beyond two thirds of its life, before the last sixth. */
    private static final Duration LATER = Duration.ofMinutes(8 * 60 + 30);

    private static final Duration SHORT = Duration.ofMinutes(5);

    /** Beyond two thirds of those. */
    private static final Duration SOON = Duration.ofMinutes(4);

    private static final int SUCCESSORS = 5;

    /** Whenever the clock is set by this or more, what is due is looked for at once. */
    private static final Duration LOOK = Duration.ofMinutes(2);

    /** More than is waited after the first failure. */
    private static final Duration AFTER_ONE_FAILURE = Duration.ofMinutes(20);

    private static HostClock clock;

    @BeforeAll
    static void takeTheClock() {
        clock = HostClock.take();
    }

    @AfterAll
    static void giveTheClockBack() {
        clock.close();
    }

    @AfterEach
    void setTheClockRight() {
        clock.set(Duration.ZERO);
    }

    @Test
    void isRenewedHoweverOftenWhenItLivesForMinutes() {
        try (var pebble = Pebble.whoseCertificatesLive(SHORT)) {
            var visitor = new TlsVisitor(pebble.root());
            var name = issued("minutes", pebble.added());
            for (var successor = 0; successor < SUCCESSORS; successor++) {
                var before = visit(visitor, name);
                clock.set(SOON);
                // Each visitor until then trusts what is served.
                awaitAnother(visitor, name, before);
                Eventually.holds("its job is over", () -> !certificate(name).containsKey("job"));
                // What has come has its life before it.
                clock.set(Duration.ZERO);
                Eventually.holds("the panel has noticed", () -> status().contains("clock was set back by"));
            }
            assertThat(certificate(name).getJsonObject("served").getInt("number"))
                    .isGreaterThanOrEqualTo(1 + SUCCESSORS);
            deleted(name);
        }
    }

    /** One that nobody can prove or that is refused for good keeps no other name from its certificate. */
    @Test
    void isRenewedWithoutANameThatItsAuthorityRefuses() {
        try (var pebble = new Pebble()) {
            var visitor = new TlsVisitor(pebble.root());
            var name = issued("without", pebble.added());
            var first = visit(visitor, name);
            var refused = Pebble.refusedName();
            named(name, refused);
            clock.set(LOOK);
            Eventually.holds("the authority refuses it", () -> certificate(name).getInt("failures") == 1);
            assertThat(certificate(name).getJsonObject("problem").getString("code"))
                    .isEqualTo("acme-name-refused");
            assertThat(visit(visitor, name)).isEqualTo(first);
            clock.set(LOOK.plus(AFTER_ONE_FAILURE));
            awaitAnother(visitor, name, first);
            Eventually.holds("its job is over", () -> !certificate(name).containsKey("job"));
            assertThat(certificate(name).getInt("failures")).isZero();
            assertThat(certificate(name).getJsonArray("uncovered").getString(0)).isEqualTo(refused);
            deleted(name);
        }
    }

    @Test
    void isOrderedForNobodyWhileItsAuthorityWantsToBeLeftInPeace() {
        try (var pebble = new Pebble()) {
            var authority = pebble.added();
            var visitor = new TlsVisitor(pebble.root());
            var one = issued("asking", authority);
            var other = issued("waiting", authority);
            var rest = Duration.ofHours(2);
            var orders = pebble.orders();
            pebble.wire()
                    .refuses(
                            "/order-plz",
                            429,
                            Map.of(
                                    "Content-Type",
                                    "application/problem+json",
                                    "Retry-After",
                                    String.valueOf(rest.toSeconds())),
                            "{\"type\":\"urn:ietf:params:acme:error:rateLimited\",\"detail\":\"too many\"}");
            var asked = Instant.now();
            named(one, Fresh.siteName("alias"));
            clock.set(LOOK);
            Eventually.holds("the authority refuses it", () -> certificate(one).getInt("failures") == 1);
            var alias = Fresh.siteName("alias");
            named(other, alias);
            clock.set(LOOK.multipliedBy(2));
            Eventually.holds(
                    "the other one is due, too",
                    () -> Instant.parse(certificate(other).getString("nextAt")).isBefore(asked.plus(rest)));
            assertThat(pebble.orders()).isEqualTo(orders);
            // Later than Berth would ask again by itself.
            clock.set(rest.minus(LOOK.multipliedBy(5)));
            Eventually.holds("the panel has noticed", () -> status().contains("clock was set ahead by 1 h"));
            clock.set(rest.plus(LOOK.multipliedBy(3)));
            Eventually.holds("one finds out that it is over", () -> pebble.orders() == orders + 1);
            // Java's client gives a question up whose time is over by the clock.
            Eventually.holds(
                    "its job is over",
                    () -> Stream.of(one, other)
                            .noneMatch(name -> certificate(name).containsKey("job")));
            clock.set(rest.plus(LOOK.multipliedBy(5)));
            Eventually.holds("visitors of the other one get the next", () -> isTrusted(visitor, alias));
            assertThat(Instant.parse(certificate(other)
                            .getJsonArray("history")
                            .getJsonObject(0)
                            .getString("createdAt")))
                    .isAfter(asked.plus(rest));
            assertThat(certificate(other).getInt("failures")).isZero();
            Eventually.holds("both have theirs", () -> !certificate(one).containsKey("problem"));
            deleted(one);
            deleted(other);
        }
    }

    /** By somebody's hand, or with a disk: visitors get one that the site signed itself until then, and the panel says so. */
    @Test
    void isFollowedByTheNextOnceTheHostHasLostIt() {
        try (var pebble = new Pebble()) {
            var visitor = new TlsVisitor(pebble.root());
            var name = issued("lost", pebble.added());
            var id = People.administrator().rest().site(name).getInt("id");
            var order = pebble.wire().holdsBefore("/order-plz");
            LabHost.run("rm", "/var/lib/berth/tls/" + id + "/1.pem");
            assertThat(LabHost.doctor()).contains("/var/lib/berth/tls/" + id + "/*.pem");
            LabHost.berth("doctor", "--repair", name).run();
            assertThat(certificate(name).getJsonObject("problem").getString("code"))
                    .isEqualTo("certificate-lost");
            assertThat(certificate(name).containsKey("served")).isFalse();
            Eventually.holds("it is mended", () -> !LabHost.doctor().contains("tls/" + id + "/"));
            assertThatThrownBy(() -> visitor.visit(name, "/")).isInstanceOf(SSLException.class);
            order.letGo();
            // On a slow machine the panel has given that answer up meanwhile.
            clock.set(AFTER_ONE_FAILURE);
            Eventually.holds("visitors get the next one", () -> isTrusted(visitor, name));
            assertThat(certificate(name).containsKey("problem")).isFalse();
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
            issue(name, authority);
            var first = visit(visitor, name);
            clock.set(LOOK);
            Eventually.holds("the authority is asked", () -> asked.get() != null);
            clock.set(LOOK.multipliedBy(2));
            awaitAnother(visitor, name, first);
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
        try (var caddy = new Caddy()) {
            var authority = caddy.added();
            var visitor = new TlsVisitor(caddy.root());
            var name = Fresh.siteName("hours");
            People.administrator().rest().createSite(name, "STATIC");
            Caddy.leadsHere(name + " www." + name);
            LabHost.berth("cert", "issue", name, "--authority", authority).run().orFail();
            var first = visit(visitor, name);
            clock.set(LATER);
            awaitAnother(visitor, name, first);
            deleted(name);
        }
    }

    /** The job that has brought what is served may go on for a while. */
    private static void deleted(String name) {
        Eventually.holds(
                "the site is deleted",
                () -> LabHost.berth("site", "delete", name, "--yes").run().exit() == 0);
    }

    /** A site that has one; its name. */
    private static String issued(String about, String authority) {
        var name = Fresh.siteName(about);
        issue(name, authority);
        return name;
    }

    private static void issue(String name, String authority) {
        People.administrator().rest().createSite(name, "STATIC");
        LabHost.berth("cert", "issue", name, "--authority", authority).run().orFail();
    }

    private static void named(String name, String alias) {
        LabHost.berth("site", "update", name, "--alias", alias).run().orFail();
    }

    private static JsonObject certificate(String name) {
        return People.administrator()
                .rest()
                .get("/sites/" + name + "/certificate")
                .expect(200)
                .json();
    }

    private static String status() {
        return LabHost.berth("status").run().out();
    }

    private static void awaitAnother(TlsVisitor visitor, String name, X509Certificate before) {
        Eventually.holds(
                "another certificate is served", () -> !visit(visitor, name).equals(before));
    }

    private static boolean isTrusted(TlsVisitor visitor, String name) {
        try {
            return visitor.visit(name, "/").answer().status() == 200;
        } catch (SSLException another) {
            return false;
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** What a visitor gets who trusts it. */
    private static X509Certificate visit(TlsVisitor visitor, String name) {
        try {
            var visit = visitor.visit(name, "/");
            assertThat(visit.answer().status()).isEqualTo(200);
            return visit.certificate();
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
