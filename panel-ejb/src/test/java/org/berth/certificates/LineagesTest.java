package org.berth.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.berth.certificates.Lineages.Candidate;
import org.berth.certificates.NamedSites.Name;
import org.berth.fixture.Minted;
import org.berth.host.VerbResult;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;
import org.junit.jupiter.api.Test;

class LineagesTest {

    private static final String LIVE = "/etc/letsencrypt/live/";
    private static final Minted AUTHORITY = Minted.root("Root").authority("Between");
    private static final NamedSites SITES = new NamedSites(List.of(
            new Name("shop.example.com", 1, "shop.example.com", Optional.empty()),
            new Name("www.shop.example.com", 1, "shop.example.com", Optional.empty()),
            new Name("blog.example.com", 2, "blog.example.com", Optional.of("00"))));

    private static final Lineages LINEAGES = new Lineages(call -> null, Clock.systemUTC());

    @Test
    void areReadAsTheHostTellsThem() {
        var found = Json.createObjectBuilder()
                .add(
                        "found",
                        Json.createArrayBuilder()
                                .add(Json.createObjectBuilder()
                                        .add("lineage", LIVE + "a")
                                        .add("fault", "foreign")))
                .add("complete", false)
                .build();
        var read = new Lineages(
                        call -> new VerbResult(
                                false,
                                "certificate-find".equals(call.verb()) ? found : JsonObject.EMPTY_JSON_OBJECT,
                                ""),
                        Clock.systemUTC())
                .find();
        assertThat(read.complete()).isFalse();
        assertThat(read.lineages()).containsExactly(new Lineage(LIVE + "a", "", "", "foreign"));
        assertThat(LINEAGES.look(read.lineages().get(0)).problem())
                .contains(Problem.of("lineage-foreign", LIVE + "a").at("lineage"));
        assertThat(read.lineages().get(0).certificate()).isEmpty();
    }

    @Test
    void becomeACertificateInOrderWithoutItsKey() {
        var keys = Minted.ec();
        var shop = AUTHORITY.host(keys, Minted.yesterday(), Minted.later(), "shop.example.com");
        var turned = lineage("a", AUTHORITY.pem() + shop.pem(), keys);
        assertThat(LINEAGES.look(turned).certificate())
                .map(IssuedCertificate::names)
                .contains(List.of("shop.example.com"));
        var brought = turned.brought(Instant.now());
        assertThat(brought.certificate().pem())
                .isEqualTo(IssuedCertificate.ofPem(shop.pem() + AUTHORITY.pem()).pem());
        assertThat(brought.key()).isEmpty();
        assertThat(brought.keyType()).isEqualTo(KeyType.EC_256);
        assertThatThrownBy(() -> brought.requireFor(List.of("other.example.com"), "lineage"))
                .asInstanceOf(InstanceOfAssertFactories.type(InvalidInput.class))
                .satisfies(refused -> assertThat(refused.problem().field()).isEqualTo("lineage"));
    }

    @Test
    void ofAnotherKeyOrExpiredAreOfNoUseAndToldAllTheSame() {
        var keys = Minted.ec();
        var over = AUTHORITY.host(
                keys, Minted.yesterday().minus(Duration.ofDays(9)), Minted.yesterday(), "shop.example.com");
        var living = AUTHORITY.host(keys, Minted.yesterday(), Minted.later(), "shop.example.com");
        var expired = lineage("over", over.pem(), keys);
        var foreign = lineage("foreign", living.pem(), Minted.ec());
        var senseless =
                new Lineage(LIVE + "senseless", "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----", "", "");
        assertThat(LINEAGES.look(expired).problem()).map(Problem::code).contains("certificate-over");
        assertThat(LINEAGES.look(foreign).problem()).map(Problem::code).contains("certificate-key-other");
        assertThat(LINEAGES.look(senseless).problem()).map(Problem::code).contains("certificate-not-pem");
        assertThat(expired.certificate()).map(IssuedCertificate::names).contains(List.of("shop.example.com"));
        assertThat(senseless.certificate()).isEmpty();
        assertThat(LINEAGES.best(List.of(expired, foreign, senseless), SITES)).isEmpty();
    }

    @Test
    void thatAreForMoreNamesSuitASiteBetterThenThoseThatLiveLonger() {
        var one = valid("one", Minted.later().plus(Duration.ofDays(9)), "shop.example.com");
        var both = valid("both", Minted.later(), "shop.example.com", "*.shop.example.com");
        var longer =
                valid("longer", Minted.later().plus(Duration.ofDays(1)), "WWW.shop.example.com", "shop.example.com");
        var star = valid("star", Minted.later(), "*.example.com");
        var stranger = valid("stranger", Minted.later(), "other.test", "*.com", "a.shop.example.com");
        assertThat(folders(LINEAGES.best(List.of(one, both, star, stranger), SITES)))
                .isEqualTo(Map.of("shop.example.com", LIVE + "both", "blog.example.com", LIVE + "star"));
        var best = LINEAGES.best(List.of(longer, both, star), SITES);
        assertThat(folders(best)).containsEntry("shop.example.com", LIVE + "longer");
        // One of its own suits it better than a star that is for as many of its names.
        var own = valid("own", Minted.later().minusSeconds(9), "blog.example.com");
        assertThat(folders(LINEAGES.best(List.of(star, own), SITES))).containsEntry("blog.example.com", LIVE + "own");
        assertThat(best.get("shop.example.com").selfSigned()).isTrue();
        assertThat(best.get("blog.example.com").selfSigned()).isFalse();
    }

    private static Map<String, String> folders(Map<String, Candidate> best) {
        return best.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().lineage().folder()));
    }

    private static Lineage valid(String name, Instant until, String... names) {
        var keys = Minted.ec();
        return lineage(
                name, AUTHORITY.host(keys, Minted.yesterday(), until, names).pem() + AUTHORITY.pem(), keys);
    }

    private static Lineage lineage(String name, String chain, KeyPair keys) {
        var key = Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded());
        return new Lineage(
                LIVE + name, chain, "-----BEGIN PUBLIC KEY-----\n" + key + "\n-----END PUBLIC KEY-----\n", "");
    }
}
