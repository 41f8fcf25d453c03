package org.berth.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.berth.fixture.Minted;
import org.berth.platform.Problem;
import org.junit.jupiter.api.Test;

class CheckReportTest {

    private static final List<Preflight.Answer> ANSWERS = List.of(
            new Preflight.Answer("shop.example.com", "192.0.2.1", Optional.empty()),
            new Preflight.Answer("www.shop.example.com", "–", Optional.of("HTTP 404")));

    @Test
    void tellsOfEachNameWhetherItLeadsHereAndIsCovered() {
        var root = Minted.root("Root");
        var between = root.authority("Between");
        var served = IssuedCertificate.ofPem(between.host("shop.example.com").pem() + between.pem());
        var view = CheckReport.read(CheckReport.write(ANSWERS, Optional.of(served)), Instant.EPOCH);
        assertThat(view.names())
                .containsExactly(
                        new CheckView.Name("shop.example.com", "192.0.2.1", Optional.empty(), true),
                        new CheckView.Name("www.shop.example.com", "–", Optional.of("HTTP 404"), false));
        assertThat(view.isReachable()).isFalse();
        assertThat(view.issuers()).containsExactly("CN=Between", "CN=Root");
        assertThat(view.notAfter()).contains(served.notAfter());
        assertThat(view.doubt()).map(Problem::code).contains("certificate-untrusted");
    }

    @Test
    void tellsThatNobodyAnswersOverTls() {
        var view = CheckReport.read(CheckReport.write(ANSWERS.subList(0, 1), Optional.empty()), Instant.EPOCH);
        assertThat(view.isReachable()).isTrue();
        assertThat(view.issuers()).isEmpty();
        assertThat(view.notAfter()).isEmpty();
        assertThat(view.names()).noneMatch(CheckView.Name::covered);
    }
}
