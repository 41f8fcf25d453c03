package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.berth.fixture.Eventually;
import org.berth.fixture.Fresh;
import org.berth.fixture.Minted;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** From the wish to a visitor who trusts the authority, with a real authority that asks through a real name server. */
@DisplayName("A certificate from an authority")
class CertificateIssueIT {

    private static final String ORDERS = "/order-plz";
    private static final String END = "-----END CERTIFICATE-----";

    /** Of the world, RFC 5737, and led to the host here. */
    private static final String DETOUR = "198.51.100.7";

    private static Pebble pebble;
    private static String authority;
    private static Person owner;
    private static TlsVisitor visitor;

    private final RestClient rest = owner.rest();

    @BeforeAll
    static void openTheAuthority() {
        pebble = Pebble.thatKnowsItsCustomers();
        authority = pebble.added();
        visitor = new TlsVisitor(pebble.root());
        owner = People.owner("certified");
    }

    @AfterAll
    static void closeTheAuthority() {
        pebble.close();
    }

    @Test
    void isGotOnThePageStepByStepForAllNamesOfTheSite() {
        var name = Fresh.siteName("paged");
        var alias = Fresh.siteName("alias");
        var site = createSite(Json.createObjectBuilder()
                .add("name", name)
                .add("type", "STATIC")
                .add("www", "SERVE_BOTH")
                .add("aliases", Json.createArrayBuilder().add(alias)));
        assertThatThrownBy(() -> visitor.visit(name, "/")).isInstanceOf(SSLException.class);
        var orders = pebble.orders();
        try (var panel = new Panel().login(owner)) {
            panel.open("/sites/" + site.getInt("id") + "/certificate");
            panel.page().selectOption("#authority", authority);
            var asked = pebble.wire().holdsBefore("/chalZ/");
            panel.press("issue");
            asked.reached();
            panel.page().waitForSelector("[data-step=challenge][data-state=DONE]");
            panel.page().waitForSelector("[data-step=validate][data-state=RUNNING]");
            asked.letGo();
            panel.jobEnds("SUCCEEDED").isSound();
            panel.open("/sites/" + site.getInt("id") + "/certificate");
            assertThat(panel.part("certificate").getAttribute("data-served")).isEqualTo("1");
            assertThat(panel.part("certificate").textContent())
                    .contains("Pebble Intermediate CA")
                    .contains(name, "www." + name, alias);
            assertThat(panel.part("uncovered").count()).isZero();
            assertThat(panel.isSound().complaints()).isEmpty();
        }
        for (var each : List.of(name, "www." + name, alias)) {
            assertThat(visit(each).answer().status()).as(each).isEqualTo(200);
        }
        assertThat(pebble.orders()).isEqualTo(orders + 1);
    }

    @Test
    void comesByItselfToANewSiteFromTheDefaultAuthority() {
        var root = People.administrator().rest();
        var usual = root.get("/certificate-authorities")
                .expect(200)
                .items()
                .getJsonObject(0)
                .getString("name");
        LabHost.berth("authority", "default", authority).run().orFail();
        try {
            var name = Fresh.siteName("itself");
            rest.createSite(name, "PHP");
            Eventually.holds("visitors get it", () -> certificate(name).containsKey("served"));
            assertThat(visit(name).answer().status()).isEqualTo(200);
        } finally {
            LabHost.berth("authority", "default", usual).run().orFail();
        }
    }

    @Test
    void isOnlyTriedWithoutVisitorsGettingItAndLeavesNothingBehind() {
        var name = Fresh.siteName("tried");
        rest.createSite(name, "STATIC");
        var orders = pebble.orders();
        var tried = LabHost.berth("cert", "issue", name, "--authority", authority, "--dry-run")
                .run()
                .orFail();
        assertThat(tried.text()).contains("keep what they have");
        assertThat(certificate(name).containsKey("served")).isFalse();
        assertThat(pebble.orders()).isEqualTo(orders + 1);
        assertThatThrownBy(() -> visitor.visit(name, "/")).isInstanceOf(SSLException.class);
        assertThat(LabHost.doctor()).doesNotContain(name);

        LabHost.berth("cert", "issue", name, "--authority", authority).run().orFail();
        assertThat(visit(name).answer().status()).isEqualTo(200);
    }

    @Test
    void isGotByRestForASiteThatIsSuspendedAndOneThatRedirects() {
        var suspended = Fresh.siteName("suspended");
        rest.createSite(suspended, "STATIC");
        rest.change(rest.post(
                "/sites/" + suspended + "/suspend", Json.createObjectBuilder().add("reason", "test")));
        assertThat(issued(suspended).getString("state")).isEqualTo("SUCCEEDED");
        assertThat(visit(suspended).answer().status()).isEqualTo(503);

        var redirecting = Fresh.siteName("redirecting");
        createSite(Json.createObjectBuilder()
                .add("name", redirecting)
                .add("type", "PHP")
                .add("www", "REDIRECT_TO_WWW"));
        assertThat(issued(redirecting).getString("state")).isEqualTo("SUCCEEDED");
        assertThat(visit("www." + redirecting).answer().status()).isEqualTo(200);
        var elsewhere = visit(redirecting);
        assertThat(elsewhere.answer().status()).isEqualTo(301);
        assertThat(elsewhere.answer().header("Location")).contains("https://www." + redirecting + "/");
        assertThat(certificate(redirecting)
                        .getJsonObject("served")
                        .getJsonArray("names")
                        .size())
                .isEqualTo(2);
    }

    @Test
    void isRenewedWithAnotherKeyAndNoRequestIsLost() {
        var name = Fresh.siteName("renewed");
        rest.createSite(name, "PHP");
        LabHost.berth("cert", "issue", name, "--authority", authority, "--key-type", "rsa-2048")
                .run()
                .orFail();
        var first = visit(name).certificate().getPublicKey();
        assertThat(first.getAlgorithm()).isEqualTo("RSA");

        var over = new AtomicBoolean();
        var seen = CompletableFuture.supplyAsync(() -> {
            var keys = new ArrayList<PublicKey>();
            while (!over.get()) {
                var visit = visit(name);
                assertThat(visit.answer().status()).isEqualTo(200);
                keys.add(visit.certificate().getPublicKey());
            }
            return keys;
        });
        LabHost.berth("cert", "renew", name).run().orFail();
        var second = visit(name).certificate().getPublicKey();
        over.set(true);

        assertThat(second).isNotEqualTo(first);
        assertThat(seen.join().size()).isGreaterThan(10);
        assertThat(Set.copyOf(seen.join())).isSubsetOf(first, second);
        assertThat(LabHost.berth("cert", "info", name).run().orFail().text()).contains(authority);
        assertThat(certificate(name).getJsonObject("served").getInt("number")).isEqualTo(2);
        // Of the keys of before none is left but the one that could be gone back to.
        var id = rest.site(name).getInt("id");
        assertThat(LabHost.run("ls", "/var/lib/berth/tls/" + id).text()).isEqualTo("1.pem\n2.pem");
    }

    @Test
    void isRevokedWhereItCameFromAndFollowedByAnotherUnlessSomebodyWantsNone() {
        var name = Fresh.siteName("revoked");
        rest.createSite(name, "STATIC");
        assertThat(issued(name).getString("state")).isEqualTo("SUCCEEDED");
        var first = visit(name).certificate();
        assertThat(pebble.hasRevoked(first.getSerialNumber())).isFalse();
        LabHost.berth("cert", "revoke", name, "--reason", "key-compromise", "--yes")
                .run()
                .orFail();
        assertThat(pebble.hasRevoked(first.getSerialNumber())).isTrue();
        Eventually.holds(
                "the next one is served", () -> !visit(name).certificate().equals(first));

        var second = visit(name).certificate();
        // The job that has brought it may go on for a while.
        Eventually.holds(
                "that one is revoked too",
                () -> LabHost.berth("cert", "revoke", name, "--self-signed", "--yes")
                                .run()
                                .exit()
                        == 0);
        assertThat(pebble.hasRevoked(second.getSerialNumber())).isTrue();
        assertThatThrownBy(() -> visitor.visit(name, "/")).isInstanceOf(SSLException.class);
        assertThat(certificate(name).containsKey("served")).isFalse();
    }

    @Test
    void isRevokedOnThePageAfterAnotherTookItsPlaceAndVisitorsKeepThat() {
        var name = Fresh.siteName("older");
        var site = createSite(Json.createObjectBuilder().add("name", name).add("type", "STATIC"));
        assertThat(issued(name).getString("state")).isEqualTo("SUCCEEDED");
        var first = visit(name).certificate();
        assertThat(renewed(name).getString("state")).isEqualTo("SUCCEEDED");
        var second = visit(name).certificate();
        try (var panel = new Panel().login(owner)) {
            panel.open("/sites/" + site.getInt("id") + "/certificate");
            panel.page().click("tr[data-row='1'] [data-test=revoke-old]");
            assertThat(panel.part("revoked-number").textContent()).isEqualTo("1");
            panel.isSound().page().fill("#revoke-name", name);
            panel.press("do-revoke");
            panel.jobEnds("SUCCEEDED").isSound();
            panel.open("/sites/" + site.getInt("id") + "/certificate");
            assertThat(panel.page().locator("[data-test=revoke-old]").count()).isEqualTo(1);
        }
        assertThat(pebble.hasRevoked(first.getSerialNumber())).isTrue();
        assertThat(pebble.hasRevoked(second.getSerialNumber())).isFalse();
        assertThat(visit(name).certificate()).isEqualTo(second);
    }

    @Test
    void isGotAndRenewedForASiteThatForcesHttps() {
        var name = Fresh.siteName("forced");
        rest.createSite(name, "STATIC");
        LabHost.berth("site", "update", name, "--force-https", "on", "--confirm")
                .run()
                .orFail();
        assertThat(LabHost.fetch(name, "/").status()).isEqualTo(301);
        assertThat(issued(name).getString("state")).isEqualTo("SUCCEEDED");
        LabHost.berth("site", "update", name, "--hsts", "5-minutes", "--confirm")
                .run()
                .orFail();
        var first = visit(name);
        assertThat(first.answer().header("Strict-Transport-Security")).contains("max-age=300");
        assertThat(renewed(name).getString("state")).isEqualTo("SUCCEEDED");
        var second = visit(name);
        assertThat(second.certificate()).isNotEqualTo(first.certificate());
        assertThat(second.answer().header("Strict-Transport-Security")).contains("max-age=300");
        assertThat(LabHost.fetch(name, "/").status()).isEqualTo(301);
    }

    @Test
    void isNotOrderedWhileANameLeadsElsewhereUntilItIsLeftOut() {
        var name = Fresh.siteName("elsewhere");
        var strayed = Fresh.siteName("strayed");
        pebble.leads(strayed, pebble.elsewhere());
        var site = createSite(Json.createObjectBuilder()
                .add("name", name)
                .add("type", "STATIC")
                .add("aliases", Json.createArrayBuilder().add(strayed)));
        var orders = pebble.orders();
        var failed = issued(name);
        assertThat(failed.getString("state")).isNotEqualTo("SUCCEEDED");
        assertThat(failed.getJsonObject("problem").getString("why"))
                .contains(strayed + " → " + pebble.elsewhere() + ": HTTP –", LabHost.ip())
                .doesNotContain(name + " →");
        assertThat(pebble.orders()).isEqualTo(orders);
        assertThat(certificate(name).getInt("failures")).isEqualTo(1);
        assertThat(nextIn(name)).isBetween(Duration.ofMinutes(8), Duration.ofMinutes(12));

        try (var panel = new Panel().login(owner)) {
            panel.open("/sites/" + site.getInt("id") + "/certificate");
            assertThat(panel.part("certificate-problem").textContent()).contains(strayed, pebble.elsewhere());
            panel.isSound().page().check("input[name=leaveOut][value='" + strayed + "']");
            panel.page().selectOption("#authority", authority);
            panel.press("issue");
            panel.jobEnds("SUCCEEDED");
            panel.open("/sites/" + site.getInt("id") + "/certificate");
            assertThat(panel.part("certificate-problem").count()).isZero();
            assertThat(panel.part("uncovered").textContent()).contains(strayed);
            panel.isSound();
        }
        assertThat(visit(name).answer().status()).isEqualTo(200);
        assertThatThrownBy(() -> visitor.visit(strayed, "/")).isInstanceOf(SSLException.class);
        assertThat(pebble.orders()).isEqualTo(orders + 1);
    }

    /** As behind a router or a proxy: what the host is reached by it does not have itself. */
    @Test
    void isGotByWayOfAnotherAddressAndThatIsTold() {
        var name = Fresh.siteName("detour");
        var site = createSite(Json.createObjectBuilder().add("name", name).add("type", "STATIC"));
        LabHost.run("ip", "address", "add", DETOUR + "/32", "dev", "lo", "scope", "host");
        Command.of("ip", "route", "add", DETOUR + "/32", "via", LabHost.ip())
                .run()
                .orFail();
        try {
            pebble.leads(name, DETOUR);
            var job = issued(name);
            assertThat(job.getString("state")).as(job.toString()).isEqualTo("SUCCEEDED");
            var way = name + " → " + DETOUR;
            assertThat(job.getJsonArray("steps").getJsonObject(0).getString("log"))
                    .contains(way, LabHost.ip())
                    .doesNotContain("www." + name);
            assertThat(LabHost.berth("cert", "check", name).run().orFail().text())
                    .contains("comes back (*)", way, LabHost.ip());
            assertThat(certificate(name)
                            .getJsonObject("check")
                            .getJsonObject("detour")
                            .getString("code"))
                    .isEqualTo("certificate-detour");
            try (var panel = new Panel().login(owner)) {
                panel.open("/sites/" + site.getInt("id") + "/certificate");
                assertThat(panel.part("detour").textContent()).contains(way, LabHost.ip());
                panel.isSound();
            }
        } finally {
            Command.of("ip", "route", "del", DETOUR + "/32").run();
            LabHost.run("ip", "address", "del", DETOUR + "/32", "dev", "lo");
        }
    }

    @Test
    void staysWhileTheAuthorityIsAwayOrWantsToBeLeftInPeace() {
        var name = Fresh.siteName("lasting");
        rest.createSite(name, "STATIC");
        assertThat(issued(name).getString("state")).isEqualTo("SUCCEEDED");
        var served = visit(name).certificate();

        pebble.wire().cut();
        assertThat(renewed(name).getString("state")).isNotEqualTo("SUCCEEDED");
        assertThat(certificate(name).getJsonObject("problem").getString("code")).isEqualTo("acme-unreachable");
        assertThat(nextIn(name)).isBetween(Duration.ofMinutes(8), Duration.ofMinutes(12));
        assertThat(certificate(name).getBoolean("attention")).isFalse();
        assertThat(renewed(name).getString("state")).isNotEqualTo("SUCCEEDED");
        assertThat(nextIn(name)).isBetween(Duration.ofMinutes(26), Duration.ofMinutes(34));
        assertThat(certificate(name).getBoolean("attention")).isTrue();
        assertThat(LabHost.berth("cert", "list", "--attention", "--search", name)
                        .run()
                        .orFail()
                        .text())
                .contains(name);
        pebble.wire().mend();

        pebble.wire()
                .refuses(
                        ORDERS,
                        429,
                        Map.of("Content-Type", "application/problem+json", "Retry-After", "7200"),
                        "{\"type\":\"urn:ietf:params:acme:error:rateLimited\",\"detail\":\"too many\"}");
        assertThat(renewed(name).getString("state")).isNotEqualTo("SUCCEEDED");
        assertThat(certificate(name).getJsonObject("problem").getString("code")).isEqualTo("acme-rate-limited");
        assertThat(nextIn(name)).isBetween(Duration.ofMinutes(118), Duration.ofMinutes(133));
        assertThat(visit(name).certificate()).isEqualTo(served);

        assertThat(renewed(name).getString("state")).isEqualTo("SUCCEEDED");
        assertThat(certificate(name).getInt("failures")).isZero();
        assertThat(certificate(name).getBoolean("attention")).isFalse();
        assertThat(visit(name).certificate()).isNotEqualTo(served);
    }

    @Test
    void isPutInOrderAndNotTakenWithTheChainOfAnother() {
        var name = Fresh.siteName("chained");
        rest.createSite(name, "STATIC");
        pebble.wire().garbles("/certZ/", chain -> {
            var end = chain.indexOf(END) + END.length();
            return chain.substring(end) + "\n" + chain.substring(0, end) + "\n";
        });
        assertThat(issued(name).getString("state")).isEqualTo("SUCCEEDED");
        var served = visit(name).certificate();

        pebble.wire()
                .garbles(
                        "/certZ/",
                        chain -> chain.substring(0, chain.indexOf(END) + END.length()) + "\n"
                                + Minted.root("Another").pem());
        assertThat(renewed(name).getString("state")).isNotEqualTo("SUCCEEDED");
        assertThat(certificate(name).getJsonObject("problem").getString("code")).isEqualTo("acme-wrong-chain");
        assertThat(visit(name).certificate()).isEqualTo(served);

        var orders = pebble.orders();
        assertThat(renewed(name).getString("state")).isEqualTo("SUCCEEDED");
        assertThat(visit(name).certificate()).isNotEqualTo(served);
        // What was ordered was good.
        assertThat(pebble.orders()).isEqualTo(orders);
    }

    /** Root alone may put one there; but then, too, nothing that it leads to is shown to anybody. */
    @Test
    void isNotIssuedWhenTheAnswerToItsChallengeIsALink() {
        var name = Fresh.siteName("linked");
        var site = rest.createSite(name, "PHP");
        var id = site.getInt("id");
        var folder = site.getString("home") + "/current/public/.well-known";
        LabHost.shell(
                        "setpriv --reuid=s_%1$d --regid=s_%1$d --clear-groups bash -c 'mkdir %2$s && ln -s /etc %2$s/acme-challenge'"
                                .formatted(id, folder))
                .orFail();
        assertThat(LabHost.fetch(name, "/.well-known/acme-challenge/hostname").body())
                .doesNotContain(LabHost.run("hostname").text());

        var asked = pebble.wire().holdsBefore("/chalZ/");
        var job = begun(name);
        asked.reached();
        LabHost.shell("cd /var/lib/berth/visitors/.well-known/acme-challenge && for file in *; do"
                        + " mv \"$file\" /var/tmp/answer; ln -s /var/tmp/answer \"$file\"; done")
                .orFail();
        asked.letGo();
        var failed = rest.waitFor(job);
        assertThat(failed.getString("state")).isNotEqualTo("SUCCEEDED");
        assertThat(certificate(name).getJsonObject("problem").getString("code")).isEqualTo("acme-unproven");
        assertThat(LabHost.run("ls", "/var/lib/berth/visitors/.well-known/acme-challenge")
                        .text())
                .isEmpty();
        assertThatThrownBy(() -> visitor.visit(name, "/")).isInstanceOf(SSLException.class);

        // It is the only thing that was in the way.
        assertThat(issued(name).getString("state")).isEqualTo("SUCCEEDED");
        assertThat(visit(name).answer().status()).isEqualTo(200);
    }

    private JsonObject createSite(JsonObjectBuilder wanted) {
        var job = rest.change(rest.post("/sites", wanted));
        assertThat(job.getString("state")).as(job.toString()).isEqualTo("SUCCEEDED");
        return rest.site(String.valueOf(job.getJsonObject("site").getInt("id")));
    }

    /** The job that gets the site a certificate. */
    private int begun(String site) {
        return rest.post(
                        "/sites/" + site + "/certificate",
                        Json.createObjectBuilder().add("authority", authority))
                .expect(202)
                .json()
                .getInt("id");
    }

    private JsonObject issued(String site) {
        return rest.waitFor(begun(site));
    }

    private JsonObject renewed(String site) {
        return rest.change(rest.post("/sites/" + site + "/certificate/renew"));
    }

    private JsonObject certificate(String site) {
        return rest.get("/sites/" + site + "/certificate").expect(200).json();
    }

    private Duration nextIn(String site) {
        return Duration.between(Instant.now(), Instant.parse(certificate(site).getString("nextAt")));
    }

    private static TlsVisitor.Visit visit(String name) {
        try {
            return visitor.visit(name, "/");
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
