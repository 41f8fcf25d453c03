package org.berth.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackOffTest {

    private static final Optional<Duration> MONTH = Optional.of(Duration.ofDays(30));

    @Test
    void waitsGrowToADay() {
        assertThat(BackOff.after(1, MONTH, 0)).isEqualTo(Duration.ofMinutes(10));
        assertThat(BackOff.after(3, MONTH, 0)).isEqualTo(Duration.ofHours(2));
        assertThat(BackOff.after(6, MONTH, 0)).isEqualTo(Duration.ofDays(1));
        assertThat(BackOff.after(1000, MONTH, 0)).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void littleLifeLeftMeansShorterWaits() {
        assertThat(BackOff.after(9, Optional.of(Duration.ofHours(48)), 0)).isEqualTo(Duration.ofHours(6));
        assertThat(BackOff.after(9, Optional.of(Duration.ofMinutes(1)), 0)).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void siteWithoutACertificateIsNotHurried() {
        assertThat(BackOff.after(9, Optional.empty(), 0)).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void siteThatShowsAnExpiredOneWaitsAnHourAtMost() {
        assertThat(BackOff.after(9, Optional.of(Duration.ZERO), 0)).isEqualTo(Duration.ofHours(1));
        assertThat(BackOff.after(9, Optional.of(Duration.ofDays(-3)), 0)).isEqualTo(Duration.ofHours(1));
        assertThat(BackOff.after(1, Optional.of(Duration.ofDays(-3)), 0)).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void whatFailedTogetherDoesNotComeBackTogether() {
        assertThat(BackOff.after(5, MONTH, 0.5)).isEqualTo(Duration.ofMinutes(12 * 57));
        assertThat(BackOff.after(5, MONTH, 1)).isEqualTo(Duration.ofMinutes(12 * 54));
    }
}
