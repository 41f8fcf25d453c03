package org.berth.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.berth.fixture.MovableClock;
import org.junit.jupiter.api.Test;

class ClockWatchTest {

    private final MovableClock clock = new MovableClock();
    private long passed = -5;

    /** The row, and what was told. */
    private static final class Row extends ClockLedger {
        private final List<Duration> told = new ArrayList<>();
        private Optional<Instant> seen = Optional.empty();
        private boolean lost;

        @Override
        public Optional<Instant> seen() {
            return seen;
        }

        @Override
        public void see(Instant now) {
            if (lost) {
                throw new IllegalStateException("lost");
            }
            seen = Optional.of(now);
        }

        @Override
        public void see(ClockJump jump) {
            see(jump.noticedAt());
            told.add(jump.by());
        }
    }

    private final Row row = new Row();
    private final ClockWatch watch = new ClockWatch(row, clock, () -> passed);

    @Test
    void timeThatPassesIsNoJump() {
        watch.look();
        pass(Duration.ofDays(3));
        watch.look();
        assertThat(row.told).isEmpty();
        assertThat(row.seen).contains(clock.instant());
    }

    @Test
    void smallCorrectionsAreNoJump() {
        watch.look();
        clock.move(Duration.ofSeconds(59));
        watch.look();
        clock.move(Duration.ofSeconds(-59));
        watch.look();
        assertThat(row.told).isEmpty();
    }

    @Test
    void clockThatWasSetIsToldOnceAndShownForADay() {
        watch.look();
        for (var by : List.of(Duration.ofHours(3), Duration.ofHours(-3))) {
            clock.move(by);
            watch.look();
            watch.look();
            assertThat(watch.jump()).contains(new ClockJump(clock.instant(), by));

            pass(Duration.ofHours(23));
            assertThat(watch.jump()).isPresent();
            pass(Duration.ofHours(1));
            assertThat(watch.jump()).isEmpty();
        }
        assertThat(row.told).containsExactly(Duration.ofHours(3), Duration.ofHours(-3));
    }

    @Test
    void jumpThatCouldNotBeWrittenDownIsFoundAgain() {
        watch.look();
        clock.move(Duration.ofDays(40));
        row.lost = true;
        assertThatIllegalStateException().isThrownBy(watch::look);
        row.lost = false;
        watch.look();
        assertThat(row.told).containsExactly(Duration.ofDays(40));
    }

    @Test
    void clockThatWasSetBackWhileThePanelWasOffIsTold() {
        row.seen = Optional.of(clock.instant().plusSeconds(3600));
        watch.look();
        assertThat(row.told).containsExactly(Duration.ofHours(-1));
        assertThat(watch.jump()).isPresent();
    }

    @Test
    void restartIsNoJump() {
        row.seen = Optional.of(clock.instant().minus(Duration.ofMinutes(59)));
        watch.look();
        assertThat(row.told).isEmpty();
    }

    /** The host was off for so long, or its clock is wrong: times move along, and nobody is worried. */
    @Test
    void timeInWhichThePanelDidNotRunDoesNotCount() {
        row.seen = Optional.of(clock.instant().minus(Duration.ofDays(40)));
        watch.look();
        assertThat(row.told).containsExactly(Duration.ofDays(40));
        assertThat(watch.jump()).isEmpty();
    }

    private void pass(Duration time) {
        clock.move(time);
        passed += time.toNanos();
    }
}
