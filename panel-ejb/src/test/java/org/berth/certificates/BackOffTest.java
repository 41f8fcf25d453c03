package org.berth.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackOffTest {

    private static final Duration MONTH = Duration.ofDays(30);

    @Test
    void waitsGrowToADay() {
        assertThat(BackOff.after(1, MONTH)).isEqualTo(Duration.ofMinutes(10));
        assertThat(BackOff.after(3, MONTH)).isEqualTo(Duration.ofHours(2));
        assertThat(BackOff.after(6, MONTH)).isEqualTo(Duration.ofDays(1));
        assertThat(BackOff.after(1000, MONTH)).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void littleLifeLeftMeansShorterWaits() {
        assertThat(BackOff.after(9, Duration.ofHours(48))).isEqualTo(Duration.ofHours(6));
        assertThat(BackOff.after(9, Duration.ofMinutes(1))).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void siteWithoutACertificateIsNotHurried() {
        assertThat(BackOff.after(9, Duration.ZERO)).isEqualTo(Duration.ofDays(1));
        assertThat(BackOff.after(9, Duration.ofDays(-3))).isEqualTo(Duration.ofDays(1));
    }
}
