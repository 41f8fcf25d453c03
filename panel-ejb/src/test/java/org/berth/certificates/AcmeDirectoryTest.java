package org.berth.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.berth.platform.Problem;
import org.junit.jupiter.api.Test;

class AcmeDirectoryTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final AcmeDirectory directory = new AcmeDirectory();

    @Test
    void troubleKeepsTheClockAwayForLongerEachTimeAndSuccessEndsIt() {
        directory.rests(NOW, Optional.empty());
        assertThat(directory.isResting(NOW.plus(Duration.ofMinutes(4)))).isTrue();
        assertThat(directory.isResting(NOW.plus(Duration.ofMinutes(5)))).isFalse();
        assertThat(directory.isTroubled()).isTrue();
        for (var times = 0; times < 10; times++) {
            directory.rests(NOW, Optional.empty());
        }
        assertThat(directory.isResting(NOW.plus(Duration.ofMinutes(39)))).isTrue();
        assertThat(directory.isResting(NOW.plus(Duration.ofMinutes(40)))).isFalse();
        directory.answered();
        assertThat(directory.isTroubled()).isFalse();
        assertThat(directory.isResting(NOW)).isFalse();
    }

    @Test
    void authorityIsLeftAloneForAsLongAsItSaysButLookedAtOnceADay() {
        directory.rests(NOW, Optional.of(NOW.plus(Duration.ofHours(2))));
        assertThat(directory.isResting(NOW.plus(Duration.ofMinutes(119)))).isTrue();
        assertThat(directory.isResting(NOW.plus(Duration.ofMinutes(120)))).isFalse();
        directory.rests(NOW, Optional.of(NOW.plusSeconds(1)));
        assertThat(directory.isResting(NOW.plus(Duration.ofMinutes(9)))).isTrue();
        directory.rests(NOW, Optional.of(NOW.plus(Duration.ofDays(6))));
        assertThat(directory.isResting(NOW.plus(Duration.ofHours(23)))).isTrue();
        assertThat(directory.isResting(NOW.plus(Duration.ofHours(24)))).isFalse();
    }

    @Test
    void refusedAccountIsToldAndTriedOnceADay() {
        var why = Problem.of("acme-refused", "acme.example", "userActionRequired", "new terms");
        directory.stopped(why, NOW);
        assertThat(directory.problem()).contains(why);
        assertThat(directory.isResting(NOW.plus(Duration.ofHours(23)))).isTrue();
        assertThat(directory.isResting(NOW.plus(Duration.ofHours(24)))).isFalse();
        directory.answered();
        assertThat(directory.problem()).isEmpty();
    }

    @Test
    void clockThatWasAheadStopsNothing() {
        directory.stopped(Problem.of("acme-slow"), NOW.plus(Duration.ofDays(365)));
        assertThat(directory.isResting(NOW)).isFalse();
    }
}
