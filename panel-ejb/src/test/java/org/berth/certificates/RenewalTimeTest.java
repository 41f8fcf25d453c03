package org.berth.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RenewalTimeTest {

    private static final Instant BORN = Instant.parse("2026-01-01T00:00:00Z");
    private static final String FIRST = "00000000";
    private static final String LAST = "ffffffff";

    @ParameterizedTest
    @ValueSource(ints = {6, 45, 90, 365})
    void certificateIsRenewedBeforeItsLastThirdWhateverItsLife(int days) {
        var life = Duration.ofDays(days);
        var first = RenewalTime.of(BORN, BORN.plus(life), FIRST, Optional.empty());
        var last = RenewalTime.of(BORN, BORN.plus(life), LAST, Optional.empty());
        assertThat(last)
                .isBetween(
                        BORN.plus(life.dividedBy(2)),
                        BORN.plus(life.multipliedBy(2).dividedBy(3)));
        assertThat(Duration.between(first, last)).isBetween(life.dividedBy(11), life.dividedBy(10));
    }

    @Test
    void authorityDecidesWhereItSaysSomething() {
        var window = window(BORN.plus(Duration.ofDays(30)), BORN.plus(Duration.ofDays(32)));
        var end = BORN.plus(Duration.ofDays(90));
        assertThat(RenewalTime.of(BORN, end, FIRST, window)).isEqualTo(BORN.plus(Duration.ofDays(30)));
        assertThat(RenewalTime.of(BORN, end, "80000000", window)).isEqualTo(BORN.plus(Duration.ofDays(31)));
    }

    @Test
    void authorityCannotHaveACertificateExpire() {
        var end = BORN.plus(Duration.ofDays(90));
        var window = window(end, end.plus(Duration.ofDays(1)));
        assertThat(RenewalTime.of(BORN, end, LAST, window)).isEqualTo(BORN.plus(Duration.ofDays(75)));
    }

    private static Optional<RenewalWindow> window(Instant start, Instant end) {
        return Optional.of(new RenewalWindow(start, end, Optional.empty(), end));
    }
}
