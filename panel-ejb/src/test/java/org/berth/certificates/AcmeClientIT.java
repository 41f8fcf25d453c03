package org.berth.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.berth.fixture.Minted;
import org.berth.fixture.NewerAuthority;
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

    @Test
    void keyThatIsRegisteredFindsItsAccountAgain() throws Exception {
        try (var pebble = new Pebble(folder, STRICT, Optional.empty())) {
            var account = register(pebble, Optional.empty());
            assertThat(register(pebble, Optional.empty())).isEqualTo(account);
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
                        assertThat(failure.kind()).isEqualTo(AcmeFailure.Kind.PASSING);
                    });
            assertThat(client.look(order.url()).state()).isEqualTo(AcmeOrder.State.INVALID);
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
                            failure -> assertThat(failure.problem().code()).isEqualTo("acme-unreachable"));
        }
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
