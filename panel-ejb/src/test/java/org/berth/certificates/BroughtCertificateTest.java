package org.berth.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import javax.security.auth.x500.X500Principal;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.berth.fixture.Minted;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.Test;

class BroughtCertificateTest {

    private static final String NAME = "shop.example.com";
    private static final List<String> NAMES = List.of(NAME, "www." + NAME);
    private static final Minted ROOT = Minted.root("Root");
    private static final Minted UPPER = ROOT.authority("Upper");
    private static final Minted LOWER = UPPER.authority("Lower");
    private static final Minted LEAF = LOWER.host(NAME);

    @Test
    void blocksInAnyOrderBecomeTheChainWithoutItsRoot() {
        var stranger = Minted.root("Stranger").authority("Another");
        var brought = read(
                "Bag Attributes: x\r\n"
                        + (ROOT.pem() + LOWER.pem() + stranger.pem() + LEAF.pem() + LOWER.pem()).replace("\n", "\r\n")
                        + UPPER.pem(),
                LEAF.key());
        assertThat(brought.certificate().pem()).isEqualTo(normal(LEAF.pem() + LOWER.pem() + UPPER.pem()));
        assertThat(brought.keyType()).isEqualTo(KeyType.EC_256);
        assertThat(brought.key().orElseThrow()).startsWith("-----BEGIN PRIVATE KEY-----\n");
        assertThat(brought).asString().doesNotContain("PRIVATE");
    }

    @Test
    void keyMayStandAmongTheCertificates() {
        assertThat(read(LEAF.key() + LOWER.pem() + LEAF.pem(), "").certificate().names())
                .containsExactly(NAME);
        assertThat(read(LEAF.pem() + LEAF.key(), LEAF.key()).certificate().names())
                .containsExactly(NAME);
        assertProblem(LEAF.pem(), "", "certificate-key-missing", "key");
        assertProblem(LEAF.pem() + LEAF.key(), LOWER.key(), "certificate-key-many", "key");
    }

    @Test
    void whatEditorsPutAroundTheLinesIsNoHindrance() {
        var brought = read(
                "\uFEFF" + LEAF.pem().indent(4) + "\uFEFF" + LOWER.pem().replace("\n", " \t\r\n"),
                "\uFEFF  " + LEAF.key());
        assertThat(brought.certificate().pem()).isEqualTo(normal(LEAF.pem() + LOWER.pem()));
    }

    /** SunEC knows no secp256k1 any more, so another curve that browsers do not use stands for all. */
    @Test
    void whatIsWrongWithItIsToldAsItIs() throws Exception {
        var curve = KeyPairGenerator.getInstance("EC");
        curve.initialize(521);
        var large = LOWER.host(curve.generateKeyPair(), Minted.yesterday(), Minted.later(), NAME);
        assertProblem(large.pem(), large.key(), "certificate-key-kind", "certificate", "EC P-521");
        assertProblem(large.pem(), LEAF.key(), "certificate-key-kind", "certificate", "EC P-521");
        var pss = KeyPairGenerator.getInstance("RSASSA-PSS").generateKeyPair();
        var alone = LOWER.host(pss, Minted.yesterday(), Minted.later(), NAME);
        assertProblem(alone.pem(), alone.key(), "certificate-key-kind", "certificate");
        assertProblem(LOWER.pem(), LOWER.key(), "certificate-nameless", "certificate");
        assertProblem(LEAF.key(), LEAF.key(), "certificate-only-key", "certificate");
        var keys = Minted.ec();
        var request = new JcaPKCS10CertificationRequestBuilder(new X500Principal("CN=" + NAME), keys.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
        assertProblem(pem(request), LEAF.key(), "certificate-is-request", "certificate");
    }

    private static String pem(Object block) throws IOException {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(block);
        }
        return text.toString();
    }

    @Test
    void ofAnOldOneAndItsRenewalByTheSameKeyTheValidOneIsTaken() {
        var keys = Minted.rsa(3072);
        var old = LOWER.host(keys, Minted.yesterday().minus(Duration.ofDays(9)), Minted.yesterday(), NAME);
        var renewed = LOWER.host(keys, Minted.yesterday(), Minted.later(), NAME);
        var brought = read(old.pem() + renewed.pem(), old.oldKey());
        assertThat(brought.certificate().pem()).isEqualTo(normal(renewed.pem()));
        assertThat(brought.keyType()).isEqualTo(KeyType.RSA_3072);
    }

    @Test
    void oneThatSignedItselfIsTakenAsItIs() {
        var own = Minted.selfSigned(NAME);
        assertThat(read(own.pem(), own.key()).certificate().chain()).hasSize(1);
        assertThat(CertificateTrust.doubt(read(own.pem(), own.key()).certificate()))
                .map(Problem::code)
                .contains("certificate-untrusted");
    }

    @Test
    void whatIsMissingBetweenItAndItsAuthorityIsDoubted() {
        assertThat(CertificateTrust.doubt(
                        read(LEAF.pem() + UPPER.pem(), LEAF.key()).certificate()))
                .contains(Problem.of("certificate-incomplete", "CN=Lower"));
        assertThat(CertificateTrust.doubt(
                        read(LEAF.pem() + UPPER.pem() + LOWER.pem(), LEAF.key()).certificate()))
                .contains(Problem.of("certificate-untrusted", "CN=Root"));
    }

    @Test
    void aStarIsForOneLabel() {
        var wild = LOWER.host("*.example.com");
        assertThat(read(wild.pem(), wild.key()).certificate().isFor("www.shop.example.com"))
                .isFalse();
        var other = LOWER.host("*.other.example");
        assertProblem(other.pem(), other.key(), "certificate-other-names", "certificate");
    }

    @Test
    void whatNobodyCouldUseIsRefusedAtThePartToBlame() {
        assertProblem("", "", "certificate-not-pem", "certificate");
        assertProblem("nonsense", LEAF.key(), "certificate-not-pem", "certificate");
        assertProblem(LEAF.pem().replace("-----\nM", "-----\nA"), LEAF.key(), "certificate-not-pem", "certificate");
        assertProblem(LEAF.pem(), LEAF.key().replace("-----\nM", "-----\nA"), "certificate-not-pem", "key");
        assertProblem(LEAF.pem(), LOWER.key(), "certificate-key-other", "key");
        assertProblem(Minted.selfSigned(NAME).pem(), LEAF.key(), "certificate-key-other", "key");
        assertProblem(LOWER.pem() + UPPER.pem(), LEAF.key(), "certificate-no-leaf", "certificate");
        assertProblem(LEAF.pem(), LEAF.encryptedKey(), "certificate-key-encrypted", "key");
        var over = LOWER.host(Minted.ec(), Minted.yesterday().minus(Duration.ofDays(9)), Minted.yesterday(), NAME);
        assertProblem(over.pem(), over.key(), "certificate-over", "certificate");
        var early = LOWER.host(Minted.ec(), Minted.later().minus(Duration.ofDays(9)), Minted.later(), NAME);
        assertProblem(early.pem(), early.key(), "certificate-too-early", "certificate");
        var weak = LOWER.host(Minted.rsa(1024), Minted.yesterday(), Minted.later(), NAME);
        assertProblem(weak.pem(), weak.key(), "certificate-weak", "certificate");
        var odd = LOWER.host(Minted.rsa(2056), Minted.yesterday(), Minted.later(), NAME);
        assertProblem(odd.pem(), odd.key(), "certificate-key-kind", "certificate");
        var forged = LOWER.forgeable(NAME);
        assertProblem(forged.pem(), forged.key(), "certificate-weak", "certificate");
        assertProblem("x".repeat(50_000), LEAF.key(), "certificate-too-long", "certificate");
        assertProblem(LEAF.pem(), "x".repeat(20_000), "certificate-too-long", "key");
        var many = IntStream.range(0, 31).mapToObj(n -> UPPER.authority("N" + n).pem());
        assertProblem(String.join("", many.toList()), LEAF.key(), "certificate-too-long", "certificate");
    }

    private static String normal(String pem) {
        return IssuedCertificate.ofPem(pem).pem();
    }

    private static BroughtCertificate read(String certificates, String key) {
        return BroughtCertificate.of(certificates, key, NAMES, Instant.now());
    }

    private static void assertProblem(String certificates, String key, String code, String field, String... args) {
        assertThatThrownBy(() -> read(certificates, key))
                .asInstanceOf(InstanceOfAssertFactories.type(InvalidInput.class))
                .satisfies(refused -> {
                    assertThat(refused.problem().code()).isEqualTo(code);
                    assertThat(refused.problem().field()).isEqualTo(field);
                    assertThat(refused.problem().args()).containsAll(List.of(args));
                    assertThat(refused.problem().args())
                            .noneMatch(arg -> !key.isEmpty() && key.contains(arg) && arg.length() > 9);
                });
    }
}
