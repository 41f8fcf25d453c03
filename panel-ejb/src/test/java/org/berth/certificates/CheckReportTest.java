package org.berth.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.berth.fixture.Minted;
import org.berth.platform.Problem;
import org.junit.jupiter.api.Test;

class CheckReportTest {

    private static final Preflight.Answer SHOP =
            new Preflight.Answer("shop.example.com", "192.0.2.1", Optional.empty(), false);
    private static final Preflight.Answer WWW =
            new Preflight.Answer("www.shop.example.com", "–", Optional.of("HTTP 404"), false);
    private static final Preflight.Answer BEHIND =
            new Preflight.Answer("behind.example.com", "198.51.100.7", Optional.empty(), true);

    @Test
    void tellsOfEachNameWhetherItLeadsHereAndIsCovered() {
        var root = Minted.root("Root");
        var between = root.authority("Between");
        var served = IssuedCertificate.ofPem(between.host("shop.example.com").pem() + between.pem());
        var view = read(Optional.of(served), SHOP, WWW);
        assertThat(view.names())
                .containsExactly(
                        new CheckView.Name("shop.example.com", "192.0.2.1", Optional.empty(), false, true),
                        new CheckView.Name("www.shop.example.com", "–", Optional.of("HTTP 404"), false, false));
        assertThat(view.isReachable()).isFalse();
        assertThat(view.detour()).isEmpty();
        assertThat(view.issuers()).containsExactly("CN=Between", "CN=Root");
        assertThat(view.notAfter()).contains(served.notAfter());
        assertThat(view.doubt()).map(Problem::code).contains("certificate-untrusted");
    }

    @Test
    void tellsThatNobodyAnswersOverTls() {
        var view = read(Optional.empty(), SHOP);
        assertThat(view.isReachable()).isTrue();
        assertThat(view.issuers()).isEmpty();
        assertThat(view.notAfter()).isEmpty();
        assertThat(view.names()).noneMatch(CheckView.Name::covered);
    }

    @Test
    void tellsWhichNamesOthersLeadHere() {
        var view = read(Optional.empty(), SHOP, BEHIND);
        assertThat(view.isReachable()).isTrue();
        assertThat(view.names()).extracting(CheckView.Name::detour).containsExactly(false, true);
        assertThat(view.detour())
                .contains(Problem.of("certificate-detour", "behind.example.com → 198.51.100.7", "192.0.2.1"));
    }

    @Test
    void ofBeforeIsReadAllTheSame() {
        var view = CheckReport.read(
                "{\"names\":[{\"name\":\"shop.example.com\",\"addresses\":\"198.51.100.7\",\"covered\":true}]}",
                Instant.EPOCH);
        assertThat(view.names())
                .containsExactly(new CheckView.Name("shop.example.com", "198.51.100.7", Optional.empty(), false, true));
        assertThat(view.detour()).isEmpty();
    }

    private static CheckView read(Optional<IssuedCertificate> served, Preflight.Answer... answers) {
        var found = new Preflight.Found(List.of(answers), "192.0.2.1");
        return CheckReport.read(CheckReport.write(found, served), Instant.EPOCH);
    }
}
