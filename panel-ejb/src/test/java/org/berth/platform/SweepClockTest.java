package org.berth.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SweepClockTest {

    @Test
    void whatCanWaitLeavesTheStartAlone() {
        var before = Instant.now();

        var first = SweepClock.trigger(new Daily(), Duration.ofMinutes(1)).getStartTime();

        assertThat(first.toInstant()).isAfterOrEqualTo(before.plusSeconds(59));
    }

    @Test
    void whatCannotWaitBeginsAtOnce() {
        var first = SweepClock.trigger(new Daily(), new Daily().after()).getStartTime();

        assertThat(first.toInstant()).isBeforeOrEqualTo(Instant.now());
    }

    private static final class Daily implements Sweep {

        @Override
        public String name() {
            return "daily";
        }

        @Override
        public Duration every() {
            return Duration.ofDays(1);
        }

        @Override
        public void run() {
            throw new AssertionError("not run here");
        }
    }
}
