package org.berth.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.URI;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.berth.fixture.Minted;
import org.berth.fixture.NewerAuthority;
import org.berth.fixture.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shredzone.acme4j.RevocationReason;

/** Against Pebble, which refuses nonces, reuses no authorization and takes its time where a test wants that. */
class AcmeClientIT {

    private static final List<String> NAMES = List.of("shop.example", "www.shop.example");
    private static final Map<String, String> STRICT =
            Map.of("PEBBLE_WFE_NONCEREJECT", "20", "PEBBLE_AUTHZREUSE", "0", "PEBBLE_VA_NOSLEEP", "1");
    private static final Map<String, String> SLOW =
            Map.of("PEBBLE_WFE_NONCEREJECT", "20", "PEBBLE_AUTHZREUSE", "0", "PEBBLE_VA_SLEEPTIME", "4");

    private static final String ORDERS = "/order-plz";
    private static final Map<String, String> LATER = Map.of("Retry-After", "3600");
    private static final Map<String, String> COMPRESSED =
            Map.of("Content-Type", "application/json", "Content-Encoding", "gzip");
    private static final Map<String, String> PROBLEM = Map.of("Content-Type", "application/problem+json");

    private final KeyPair key = AccountKey.make();

    @TempDir
    private Path folder;

    @Test
    void profileThatItDoesNotOfferIsNotOrdered() throws Exception {
        try (var pebble = new Pebble(folder, STRICT, Optional.empty())) {
            assertThat(AcmeClient.facts(pebble.access(key, Optional.empty())).profiles())
                    .isEmpty();
            assertThatThrownBy(() -> client(pebble).order(NAMES, Optional.of("shortlived"), Optional.empty()))
                    .isInstanceOfSatisfying(AcmeFailure.class, failure -> {
                        assertThat(failure.problem().code()).isEqualTo("acme-no-profile");
                        assertThat(failure.problem().args()).contains("shortlived", "–");
                        // Of every site's order the same.
                        assertThat(failure.kind()).isEqualTo(AcmeFailure.Kind.ACCOUNT);
                    });
        }
    }

    @Test
    void issuesACertificateForAllNamesWithItsChain() throws Exception {
        try (var pebble = new Pebble(folder, STRICT, Optional.empty())) {
            var issued = issue(pebble, client(pebble));
            assertThat(issued.names()).containsExactlyElementsOf(NAMES);
            assertThat(issued.chain()).hasSizeGreaterThan(1);
            issued.leaf().verify(issued.chain().get(1).getPublicKey());
            assertThat(IssuedCertificate.ofPem(issued.pem()).fingerprint()).isEqualTo(issued.fingerprint());
        }
    }

    @Test
    void waitsForAnAuthorityThatTakesItsTime() throws Exception {
        try (var pebble = new Pebble(folder, SLOW, Optional.empty())) {
            assertThat(issue(pebble, client(pebble)).names()).containsExactlyElementsOf(NAMES);
        }
    }

    /** One wait of five seconds for each would be more than an order may take. */
    @Test
    void namesAreWaitedForTogetherAndNotOneAfterTheOther() throws Exception {
        try (var pebble = new Pebble(folder, STRICT, Optional.empty())) {
            var client = client(pebble);
            var names =
                    IntStream.range(0, 50).mapToObj(n -> "n" + n + ".example").toList();
            var order = client.order(names, Optional.empty(), Optional.empty());
            pebble.answer(order.proofs());
            client.validate(order.url());
            assertThat(client.look(order.url()).state()).isEqualTo(AcmeOrder.State.READY);
        }
    }

    @Test
    void keyThatIsRegisteredFindsItsAccountAgain() throws Exception {
        try (var pebble = new Pebble(folder, STRICT, Optional.empty())) {
            var account = register(pebble, Optional.empty());
            assertThat(register(pebble, Optional.empty())).isEqualTo(account);
        }
    }

    /** As behind a proxy that does not tell how it was asked. */
    @Test
    void addressesThatAreNotEncryptedAreRefusedBeforeAnythingIsMadeThere() throws Exception {
        try (var pebble = new Pebble(folder, STRICT, Optional.empty())) {
            var access = pebble.access(key, Optional.empty());
            pebble.wire().alters("/dir", directory -> directory.replace("https://", "http://"));
            for (var ask : List.<ThrowingCallable>of(
                    () -> AcmeClient.facts(access), () -> AcmeClient.register(access, "", Optional.empty()))) {
                assertThatThrownBy(ask).isInstanceOfSatisfying(AcmeFailure.class, failure -> {
                    assertThat(failure.problem().code()).isEqualTo("acme-insecure");
                    // Somebody has to see to it before any site's order.
                    assertThat(failure.kind()).isEqualTo(AcmeFailure.Kind.ACCOUNT);
                });
            }
            assertThat(pebble.wire().accepted("/sign-me-up")).isZero();
        }
    }

    @Test
    void emailAddressIsToldWhateverIsInIt() throws Exception {
        try (var pebble = new Pebble(folder, STRICT, Optional.empty())) {
            var account = AcmeClient.register(
                    pebble.access(key, Optional.empty()), "50%25a?b{c}|d^e`f#g/h=i@shop.example", Optional.empty());
            assertThat(pebble.wire().said("/sign-me-up").getJsonArray("contact").getString(0))
                    .isEqualTo("mailto:50%2525a%3Fb%7Bc%7D%7Cd%5Ee%60f%23g%2Fh%3Di@shop.example");
            AcmeClient.of(pebble.access(key, Optional.of(account)), Clock.systemUTC())
                    .writesTo("a%@shop.example");
        }
    }

    @Test
    void orderThatNobodyWroteDownIsFoundAgain() throws Exception {
        try (var pebble = new Pebble(folder, STRICT, Optional.empty())) {
            var order = client(pebble).order(NAMES, Optional.empty(), Optional.empty());
            assertThat(client(pebble).openOrder(NAMES)).map(AcmeOrder::url).contains(order.url());
            assertThat(client(pebble).openOrder(List.of("other.example"))).isEmpty();
        }
    }

    @Test
    void everyStepMayBeRepeated() throws Exception {
        try (var pebble = new Pebble(folder, STRICT, Optional.empty())) {
            var order = client(pebble).order(NAMES, Optional.empty(), Optional.empty());
            pebble.answer(client(pebble).look(order.url()).proofs());
            client(pebble).validate(order.url());
            client(pebble).validate(order.url());
            assertThat(client(pebble).look(order.url()).proofs()).isEmpty();
            var csr = pebble.csr(NAMES);
            var first = client(pebble).issue(order.url(), csr);
            assertThat(client(pebble).look(order.url()).state()).isEqualTo(AcmeOrder.State.VALID);
            assertThat(client(pebble).issue(order.url(), csr).fingerprint()).isEqualTo(first.fingerprint());
        }
    }

    @Test
    void accountThatTheAuthorityHasForgottenIsMadeAnew() throws Exception {
        try (var pebble = new Pebble(folder, STRICT, Optional.empty())) {
            var account = register(pebble, Optional.empty());
            var forgotten = account.substring(0, account.lastIndexOf('/') + 1) + "unheard-of";
            var client = AcmeClient.of(pebble.access(key, Optional.of(forgotten)), Clock.systemUTC());
            assertThatThrownBy(() -> client.order(NAMES, Optional.empty(), Optional.empty()))
                    .isInstanceOfSatisfying(
                            AcmeFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(AcmeFailure.Kind.ACCOUNT_LOST));
        }
    }

    @Test
    void orderOfAnotherAccountIsOfNoUse() throws Exception {
        try (var pebble = new Pebble(folder, STRICT, Optional.empty())) {
            var url = client(pebble)
                    .order(NAMES, Optional.empty(), Optional.empty())
                    .url();
            var other = AccountKey.make();
            var account = AcmeClient.register(pebble.access(other, Optional.empty()), "", Optional.empty());
            assertThat(AcmeClient.of(pebble.access(other, Optional.of(account)), Clock.systemUTC())
                            .look(url)
                            .state())
                    .isEqualTo(AcmeOrder.State.INVALID);
        }
    }

    @Test
    void nameThatDoesNotAnswerIsNamed() throws Exception {
        try (var pebble = new Pebble(folder, STRICT, Optional.empty())) {
            var client = client(pebble);
            var order = client.order(NAMES, Optional.empty(), Optional.empty());
            pebble.answer(order.proofs().stream()
                    .filter(proof -> proof.name().equals(NAMES.get(0)))
                    .toList());
            assertThatThrownBy(() -> client.validate(order.url()))
                    .isInstanceOfSatisfying(AcmeFailure.class, failure -> {
                        assertThat(failure.problem().code()).isEqualTo("acme-unproven");
                        assertThat(failure.problem().args().get(1)).startsWith(NAMES.get(1) + ": ");
                        assertThat(failure.names()).containsExactly(NAMES.get(1));
                        assertThat(failure.kind()).isEqualTo(AcmeFailure.Kind.PASSING);
                    });
            assertThat(client.look(order.url()).state()).isEqualTo(AcmeOrder.State.INVALID);
        }
    }

    @Test
    void nameWhoseOwnerForbidsTheAuthorityIsNotTriedAgain() throws Exception {
        try (var pebble = new Pebble(folder, STRICT, Optional.empty())) {
            var client = client(pebble);
            var order = client.order(NAMES, Optional.empty(), Optional.empty());
            for (var times = 0; times < 50; times++) {
                pebble.wire().garbles("/authZ/", text -> text.replaceAll("acme:error:\\w+", "acme:error:caa"));
            }
            assertThatThrownBy(() -> client.validate(order.url()))
                    .isInstanceOfSatisfying(AcmeFailure.class, failure -> {
                        assertThat(failure.problem().code()).isEqualTo("acme-unproven");
                        assertThat(failure.kind()).isEqualTo(AcmeFailure.Kind.LASTING);
                    });
        }
    }

    @Test
    void orderThatTheAuthorityHasForgottenIsInvalid() throws Exception {
        try (var pebble = new Pebble(folder, STRICT, Optional.empty())) {
            var client = client(pebble);
            var url = client.order(NAMES, Optional.empty(), Optional.empty()).url();
            assertThat(client.look(url.substring(0, url.lastIndexOf('/') + 1) + "none")
                            .state())
                    .isEqualTo(AcmeOrder.State.INVALID);
        }
    }

    @Test
    void nameThatTheAuthorityDoesNotTakeIsRefusedByIt() throws Exception {
        try (var pebble = new Pebble(folder, STRICT, Optional.empty())) {
            var client = client(pebble);
            assertThatThrownBy(() -> client.order(List.of("10.0.0.1"), Optional.empty(), Optional.empty()))
                    .isInstanceOfSatisfying(
                            AcmeFailure.class,
                            failure -> assertThat(failure.problem().code()).isEqualTo("acme-refused"));
        }
    }

    @Test
    void whatItRefusesForGoodIsToldWithTheNamesToBlame() throws Exception {
        try (var pebble = new Pebble(folder, STRICT, Optional.empty())) {
            var client = client(pebble);
            refuses(pebble, "rejectedIdentifier", "Cannot issue for \\\"" + NAMES.get(1) + "\\\": no such suffix", "");
            assertRefused(client, AcmeErrors.NAME_REFUSED, NAMES.get(1));
            refuses(
                    pebble,
                    "caa",
                    "Several",
                    ",\"subproblems\":[{\"type\":\"urn:ietf:params:acme:error:caa\",\"identifier\":{\"type\":\"dns\",\"value\":\""
                            + NAMES.get(0) + "\"}}]");
            assertRefused(client, "acme-refused", NAMES.get(0));
        }
    }

    private static void refuses(Pebble pebble, String kind, String detail, String more) {
        pebble.wire()
                .refuses(
                        ORDERS,
                        403,
                        PROBLEM,
                        "{\"type\":\"urn:ietf:params:acme:error:" + kind + "\",\"detail\":\"" + detail + "\"" + more
                                + "}");
    }

    private static void assertRefused(AcmeClient client, String code, String name) {
        assertThatThrownBy(() -> client.order(NAMES, Optional.empty(), Optional.empty()))
                .isInstanceOfSatisfying(AcmeFailure.class, failure -> {
                    assertThat(failure.problem().code()).isEqualTo(code);
                    assertThat(failure.kind()).isEqualTo(AcmeFailure.Kind.LASTING);
                    assertThat(failure.names()).containsExactly(name);
                });
    }

    @Test
    void authorityThatKnowsItsCustomersWantsTheirKey() throws Exception {
        var external = new ExternalAccount("kid-1", "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W");
        try (var pebble = new Pebble(folder, STRICT, Optional.of(external))) {
            assertThatThrownBy(() -> register(pebble, Optional.empty()))
                    .isInstanceOfSatisfying(
                            AcmeFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(AcmeFailure.Kind.ACCOUNT));
            assertThat(register(pebble, Optional.of(external))).startsWith("https://");
            assertThat(AcmeClient.facts(pebble.access(key, Optional.empty())).externalAccountRequired())
                    .isTrue();
        }
    }

    @Test
    void authorityThatSaysNothingOfRenewalsLeavesThemToUs() throws Exception {
        try (var pebble = new Pebble(folder, STRICT, Optional.empty())) {
            var client = client(pebble);
            assertThat(client.renewal(issue(pebble, client).leaf())).isEmpty();
        }
    }

    @Test
    void authorityThatSaysWhenItWantsARenewalIsHeardAndAskedAgainWhenItSays() throws Exception {
        var start = Instant.parse("2026-03-01T00:00:00Z");
        var why = URI.create("https://authority.example/incident");
        try (var pebble = new Pebble(folder, STRICT, Optional.empty())) {
            var often = new AtomicReference<>(Duration.ofHours(2));
            new NewerAuthority(pebble.wire())
                    .tellsRenewals(certificate ->
                            new NewerAuthority.Window(start, start.plus(Duration.ofDays(2)), why, often.get()));
            var client = client(pebble);
            var leaf = issue(pebble, client).leaf();
            var asked = Instant.now();
            var window = client.renewal(leaf).orElseThrow();
            assertThat(window.start()).isEqualTo(start);
            assertThat(window.end()).isEqualTo(start.plus(Duration.ofDays(2)));
            assertThat(window.explanation()).contains(why.toString());
            assertThat(window.askAgain())
                    .isBetween(asked.plus(Duration.ofMinutes(119)), asked.plus(Duration.ofMinutes(122)));
            // Whoever says so is not asked every second.
            often.set(Duration.ofSeconds(1));
            assertThat(client.renewal(leaf).orElseThrow().askAgain()).isAfter(asked.plus(Duration.ofMinutes(9)));
        }
    }

    @Test
    void orderSaysWhichCertificateItReplacesWhereTheAuthorityWantsToKnow() throws Exception {
        try (var pebble = new Pebble(folder, STRICT, Optional.empty())) {
            var before = issue(pebble, client(pebble)).leaf();
            client(pebble).order(NAMES, Optional.empty(), Optional.of(before));
            assertThat(pebble.wire().said(ORDERS)).doesNotContainKey("replaces");
            tellsRenewals(pebble);
            client(pebble).order(NAMES, Optional.empty(), Optional.of(before));
            assertThat(pebble.wire().said(ORDERS).getString("replaces"))
                    .matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+")
                    .endsWith("." + base64(before.getSerialNumber().toByteArray()));
            // One that does not say whose key has signed it cannot be told.
            var unnamed = IssuedCertificate.ofPem(
                    Minted.root("Own").host(NAMES.get(0)).pem());
            client(pebble).order(NAMES, Optional.empty(), Optional.of(unnamed.leaf()));
            assertThat(pebble.wire().said(ORDERS)).doesNotContainKey("replaces");
        }
    }

    @Test
    void orderThatIsRefusedForWhatItReplacesIsMadeWithoutThat() throws Exception {
        try (var pebble = new Pebble(folder, STRICT, Optional.empty())) {
            tellsRenewals(pebble);
            var client = client(pebble);
            var before = Optional.of(issue(pebble, client).leaf());
            pebble.wire().refuses(ORDERS, 409, PROBLEM, "{\"type\":\"urn:ietf:params:acme:error:alreadyReplaced\"}");
            assertThat(client.order(NAMES, Optional.empty(), before).state()).isEqualTo(AcmeOrder.State.PENDING);
            assertThat(pebble.wire().said(ORDERS)).doesNotContainKey("replaces");
            var orders = pebble.wire().accepted(ORDERS);
            pebble.wire().refuses(ORDERS, 429, PROBLEM, "{\"type\":\"urn:ietf:params:acme:error:rateLimited\"}");
            assertThatThrownBy(() -> client.order(NAMES, Optional.empty(), before))
                    .isInstanceOfSatisfying(
                            AcmeFailure.class,
                            failure -> assertThat(failure.problem().code()).isEqualTo("acme-rate-limited"));
            assertThat(pebble.wire().accepted(ORDERS)).isEqualTo(orders);
        }
    }

    /** RFC 8555, 6.7 and 7.3.6; of a limit of names by what Let's Encrypt writes. */
    @Test
    void whatAnAuthorityRefusesSaysWhetherAndWhenItIsAskedAgain() throws Exception {
        try (var pebble = new Pebble(folder, STRICT, Optional.empty())) {
            var client = client(pebble);
            for (var kind : List.of("caa", "rejectedIdentifier", "unsupportedIdentifier", "badCSR", "badPublicKey")) {
                assertThat(refused(pebble, client, 403, Map.of(), problem(kind, ""))
                                .kind())
                        .as(kind)
                        .isEqualTo(AcmeFailure.Kind.LASTING);
            }
            for (var kind : List.of("userActionRequired", "externalAccountRequired", "invalidContact")) {
                assertThat(refused(pebble, client, 403, Map.of(), problem(kind, ""))
                                .kind())
                        .as(kind)
                        .isEqualTo(AcmeFailure.Kind.ACCOUNT);
            }
            for (var kind : List.of("malformed", "dns", "connection", "orderNotReady", "unauthorized")) {
                assertThat(refused(pebble, client, 400, Map.of(), problem(kind, ""))
                                .kind())
                        .as(kind)
                        .isEqualTo(AcmeFailure.Kind.PASSING);
            }
            assertThat(refused(pebble, client, 400, Map.of(), problem("accountDoesNotExist", ""))
                            .kind())
                    .isEqualTo(AcmeFailure.Kind.ACCOUNT_LOST);
            var many = "too many new orders (300) from this account in the last 3h0m0s, retry after …: see"
                    + " https://letsencrypt.org/docs/rate-limits/#new-orders-per-account";
            var limited = refused(pebble, client, 429, LATER, problem("rateLimited", many));
            assertThat(limited.kind()).isEqualTo(AcmeFailure.Kind.OUTAGE);
            assertThat(limited.notBefore()).hasValueSatisfying(AcmeClientIT::isInAnHour);
            for (var of : List.of(
                    "too many certificates (5) already issued for this exact set of identifiers in the last 168h0m0s",
                    "too many certificates (50) already issued for \"shop.example\" in the last 168h0m0s",
                    "too many certificates (50) already issued for shop.example.",
                    "too many failed authorizations (5) for \"www.shop.example\" in the last 1h0m0s")) {
                var ofNames = refused(pebble, client, 429, LATER, problem("rateLimited", of.replace("\"", "\\\"")));
                assertThat(ofNames.kind()).as(of).isEqualTo(AcmeFailure.Kind.PASSING);
                assertThat(ofNames.notBefore()).hasValueSatisfying(AcmeClientIT::isInAnHour);
            }
        }
    }

    @Test
    void authorityThatIsDownBehindAProxyIsAskedAgainWhenThatSays() throws Exception {
        try (var pebble = new Pebble(folder, STRICT, Optional.empty())) {
            var client = client(pebble);
            for (var status : List.of(429, 500, 502, 503)) {
                var down = refused(pebble, client, status, LATER, "<html>");
                assertThat(down.kind()).as("HTTP " + status).isEqualTo(AcmeFailure.Kind.OUTAGE);
                assertThat(down.problem().code()).isEqualTo("acme-troubled");
                assertThat(down.notBefore()).hasValueSatisfying(AcmeClientIT::isInAnHour);
            }
            var internal = refused(pebble, client, 503, LATER, problem("serverInternal", "Come back."));
            assertThat(internal.kind()).isEqualTo(AcmeFailure.Kind.OUTAGE);
            assertThat(internal.problem().args()).contains("serverInternal: Come back.");
            assertThat(internal.notBefore()).hasValueSatisfying(AcmeClientIT::isInAnHour);
            assertThat(refused(pebble, client, 503, Map.of("Retry-After", "soon"), "")
                            .notBefore())
                    .isEmpty();
            // Before it was asked for anything.
            pebble.wire().refuses("/dir", 503, LATER, "<html>");
            assertThatThrownBy(() -> AcmeClient.facts(pebble.access(key, Optional.empty())))
                    .isInstanceOfSatisfying(
                            AcmeFailure.class,
                            failure -> assertThat(failure.notBefore()).hasValueSatisfying(AcmeClientIT::isInAnHour));
            pebble.wire().refuses("/nonce-plz", 503, LATER, "<html>");
            assertThatThrownBy(() -> register(pebble, Optional.empty()))
                    .isInstanceOfSatisfying(
                            AcmeFailure.class,
                            failure -> assertThat(failure.notBefore()).hasValueSatisfying(AcmeClientIT::isInAnHour));
            assertThat(client.order(NAMES, Optional.empty(), Optional.empty()).state())
                    .isEqualTo(AcmeOrder.State.PENDING);
        }
    }

    @Test
    void accountThatWasClosedIsToldFromAnOrderThatIsRefusedAndAnotherOneHasAnotherKey() throws Exception {
        try (var pebble = new Pebble(folder, STRICT, Optional.empty())) {
            var client = client(pebble);
            var before = issue(pebble, client).leaf();
            var account = register(pebble, Optional.empty());
            TrustedProvider.session(pebble.access(key, Optional.of(account)))
                    .login(URI.create(account).toURL(), key)
                    .getAccount()
                    .deactivate();
            assertThatThrownBy(() -> client.order(NAMES, Optional.empty(), Optional.empty()))
                    .isInstanceOfSatisfying(AcmeFailure.class, AcmeClientIT::isClosed);
            assertThatThrownBy(() -> register(pebble, Optional.empty()))
                    .isInstanceOfSatisfying(AcmeFailure.class, AcmeClientIT::isClosed);
            var other = AccountKey.make();
            var next = AcmeClient.register(pebble.access(other, Optional.empty()), "", Optional.empty());
            assertThat(next).isNotEqualTo(account);
            // As some refuse what says that it replaces what another account got.
            tellsRenewals(pebble);
            pebble.wire().refuses(ORDERS, 403, PROBLEM, problem("unauthorized", "of another account"));
            assertThat(AcmeClient.of(pebble.access(other, Optional.of(next)), Clock.systemUTC())
                            .order(NAMES, Optional.empty(), Optional.of(before))
                            .state())
                    .isEqualTo(AcmeOrder.State.PENDING);
            assertThat(pebble.wire().said(ORDERS)).doesNotContainKey("replaces");
        }
    }

    private static void isClosed(AcmeFailure failure) {
        assertThat(failure.kind()).isEqualTo(AcmeFailure.Kind.ACCOUNT);
        assertThat(failure.problem().code()).isEqualTo("acme-closed");
    }

    private static AcmeFailure refused(
            Pebble pebble, AcmeClient client, int status, Map<String, String> headers, String body) {
        var problem = body.startsWith("{");
        var all = new HashMap<>(headers);
        all.put("Content-Type", problem ? PROBLEM.get("Content-Type") : "text/html");
        pebble.wire().refuses(ORDERS, status, all, body);
        return (AcmeFailure) catchThrowable(() -> client.order(NAMES, Optional.empty(), Optional.empty()));
    }

    private static String problem(String kind, String detail) {
        return "{\"type\":\"urn:ietf:params:acme:error:" + kind + "\",\"detail\":\"" + detail + "\"}";
    }

    private static void isInAnHour(Instant then) {
        assertThat(then)
                .isBetween(
                        Instant.now().plus(Duration.ofMinutes(59)),
                        Instant.now().plus(Duration.ofMinutes(61)));
    }

    @Test
    void kindOfCertificateThatIsOfferedIsOrdered() throws Exception {
        try (var pebble = new Pebble(folder, STRICT, Optional.empty())) {
            new NewerAuthority(pebble.wire()).offersProfiles(Map.of("shortlived", "for six days"));
            assertThat(AcmeClient.facts(pebble.access(key, Optional.empty())).profiles())
                    .containsExactly(Map.entry("shortlived", "for six days"));
            client(pebble).order(NAMES, Optional.of("shortlived"), Optional.empty());
            assertThat(pebble.wire().said(ORDERS).getString("profile")).isEqualTo("shortlived");
            assertThatThrownBy(() -> client(pebble).order(NAMES, Optional.of("forever"), Optional.empty()))
                    .isInstanceOfSatisfying(
                            AcmeFailure.class,
                            failure -> assertThat(failure.problem().args()).contains("forever", "shortlived"));
        }
    }

    private static void tellsRenewals(Pebble pebble) {
        var now = Instant.now();
        new NewerAuthority(pebble.wire())
                .tellsRenewals(certificate -> new NewerAuthority.Window(
                        now, now, URI.create("https://authority.example/"), Duration.ofDays(1)));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Test
    void revokingTwiceIsRevokingOnce() throws Exception {
        try (var pebble = new Pebble(folder, STRICT, Optional.empty())) {
            var client = client(pebble);
            var issued = issue(pebble, client);
            client.revoke(issued.leaf(), RevocationReason.SUPERSEDED);
            client.revoke(issued.leaf(), RevocationReason.SUPERSEDED);
        }
    }

    @Test
    void authorityWithARootOfItsOwnIsReachedByThatRootOnly() throws Exception {
        try (var pebble = new Pebble(folder, STRICT, Optional.empty())) {
            var unknown = new AcmeAccess(pebble.directory(), Optional.empty(), key, Optional.empty());
            assertThatThrownBy(() -> AcmeClient.register(unknown, "", Optional.empty()))
                    .isInstanceOfSatisfying(
                            AcmeFailure.class,
                            failure -> assertThat(failure.problem().code()).isEqualTo("acme-untrusted"));
        }
    }

    /** All of an answer is read into memory, and an error is stored and shown. */
    @Test
    void answerThatNobodyCanReadIsTheAuthoritysTrouble() throws Exception {
        try (var pebble = new Pebble(folder, STRICT, Optional.empty())) {
            var unread = Map.of(
                    "acme-unreachable",
                    List.of("{\"a\":\"" + "A".repeat(2 << 20) + "\"}"),
                    "acme-senseless",
                    List.of(
                            "[".repeat(100_000),
                            "{\"newNonce\":\"https:///x\",\"newAccount\":\"https:///x\",\"newOrder\":\"https:///x\"}"));
            // Each time, since the client asks again over another connection where one was broken off.
            var said = new AtomicReference<>("");
            pebble.wire().alters("/dir", directory -> said.get().isEmpty() ? directory : said.get());
            unread.forEach((code, answers) -> answers.forEach(answer -> {
                said.set(answer);
                assertUnread(pebble, code);
            }));
            said.set("");
            // Nor is an error document read, or a chain.
            var client = client(pebble);
            pebble.wire().refuses(ORDERS, 400, PROBLEM, problem("x".repeat(2 << 20), ""));
            assertThat(((AcmeFailure) catchThrowable(() -> client.order(NAMES, Optional.empty(), Optional.empty())))
                            .kind())
                    .isEqualTo(AcmeFailure.Kind.OUTAGE);
            pebble.wire().refuses(ORDERS, 400, PROBLEM, problem("x".repeat(100_000), "y".repeat(100_000)));
            assertThat(((AcmeFailure) catchThrowable(() -> client.order(NAMES, Optional.empty(), Optional.empty())))
                            .problem()
                            .args())
                    .allMatch(arg -> arg.length() < 1000);
            pebble.wire().garbles("/certZ/", chain -> chain + "\n".repeat(2 << 20));
            assertThat(((AcmeFailure) catchThrowable(() -> issue(pebble, client)))
                            .problem()
                            .code())
                    .isIn("acme-unreachable", "acme-senseless");
            pebble.wire().adds("/dir", rest -> new Wire.Answer(200, COMPRESSED, "{}"));
            assertUnread(pebble, "acme-senseless");
        }
    }

    private void assertUnread(Pebble pebble, String code) {
        assertThatThrownBy(() -> register(pebble, Optional.empty()))
                .isInstanceOfSatisfying(AcmeFailure.class, failure -> {
                    assertThat(failure.problem().code()).isEqualTo(code);
                    assertThat(failure.problem().args()).allMatch(arg -> arg.length() < 1000);
                });
    }

    @Test
    void authorityThatIsDownIsAskedAgainLater() {
        var nowhere = new AcmeAccess(
                URI.create("https://127.0.0.1:1/dir"), Optional.empty(), key, Optional.of("https://127.0.0.1:1/me"));
        assertThatThrownBy(() ->
                        AcmeClient.of(nowhere, Clock.systemUTC()).order(NAMES, Optional.empty(), Optional.empty()))
                .isInstanceOfSatisfying(AcmeFailure.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(AcmeFailure.Kind.OUTAGE);
                    assertThat(failure.problem().code()).isEqualTo("acme-unreachable");
                });
    }

    private String register(Pebble pebble, Optional<ExternalAccount> external) {
        return AcmeClient.register(pebble.access(key, Optional.empty()), "host@shop.example", external);
    }

    private AcmeClient client(Pebble pebble) {
        return AcmeClient.of(pebble.access(key, Optional.of(register(pebble, Optional.empty()))), Clock.systemUTC());
    }

    private static IssuedCertificate issue(Pebble pebble, AcmeClient client) throws Exception {
        var order = client.order(NAMES, Optional.empty(), Optional.empty());
        pebble.answer(order.proofs());
        client.validate(order.url());
        return client.issue(order.url(), pebble.csr(NAMES));
    }
}
