package org.berth.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ClockWatchTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private Instant wall = NOW;
    private long passed = -5;

    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return wall;
        }
    };
    private final ClockWatch watch = new ClockWatch(clock, () -> passed);

    @Test
    void timeThatPassesIsNoJump() {
        pass(Duration.ofDays(3));
        assertThat(watch.hasJumped()).isFalse();
        assertThat(watch.isTrusted()).isTrue();
    }

    @Test
    void smallCorrectionsAreNoJump() {
        wall = wall.plusSeconds(59);
        assertThat(watch.hasJumped()).isFalse();
        wall = wall.minusSeconds(59);
        assertThat(watch.hasJumped()).isFalse();
    }

    @Test
    void clockThatWasSetIsToldForADay() {
        for (var by : new Duration[] {Duration.ofHours(3), Duration.ofHours(-3)}) {
            wall = wall.plus(by);
            assertThat(watch.hasJumped()).isTrue();
            assertThat(watch.hasJumped()).isFalse();
            assertThat(watch.jump()).contains(new ClockJump(wall, by));
            assertThat(watch.isTrusted()).isFalse();

            pass(Duration.ofHours(23));
            assertThat(watch.jump()).isPresent();
            pass(Duration.ofHours(1));
            assertThat(watch.jump()).isEmpty();
            assertThat(watch.isTrusted()).isTrue();
        }
    }

    @Test
    void clockBehindWhatWasWrittenWasSetBack() {
        watch.startedAfter(NOW.plusSeconds(3600));
        assertThat(watch.jump()).contains(new ClockJump(NOW, Duration.ofHours(-1)));
        assertThat(watch.isTrusted()).isFalse();
    }

    @Test
    void clockFarAheadOfWhatWasWrittenIsNotBelievedAtOnce() {
        watch.startedAfter(NOW.minus(Duration.ofHours(23)));
        assertThat(watch.isTrusted()).isTrue();

        watch.startedAfter(NOW.minus(Duration.ofDays(40)));
        assertThat(watch.isTrusted()).isFalse();
        // The host may have been off: nothing to worry anybody with.
        assertThat(watch.jump()).isEmpty();
    }

    private void pass(Duration time) {
        wall = wall.plus(time);
        passed += time.toNanos();
    }
}
