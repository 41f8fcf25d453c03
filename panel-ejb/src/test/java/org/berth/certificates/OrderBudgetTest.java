package org.berth.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderBudgetTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Instant HOUR_AGO = NOW.minus(Duration.ofHours(1));

    @Test
    void peopleMayOrderWhatTheClockMayNot() {
        var many = Collections.nCopies(OrderBudget.ORDERS_BY_CLOCK.most(), HOUR_AGO);
        assertThat(OrderBudget.freeAt(NOW, true, many, List.of(), List.of())).contains(NOW.plus(Duration.ofHours(2)));
        assertThat(OrderBudget.freeAt(NOW, false, many, List.of(), List.of())).isEmpty();
    }

    @Test
    void sameNamesAreOrderedFourTimesAWeek() {
        var four = List.of(NOW.minus(Duration.ofDays(6)), HOUR_AGO, HOUR_AGO, HOUR_AGO);
        assertThat(OrderBudget.freeAt(NOW, false, four, four, List.of())).contains(NOW.plus(Duration.ofDays(1)));
        assertThat(OrderBudget.freeAt(NOW, false, four, four.subList(1, 4), List.of()))
                .isEmpty();
    }

    @Test
    void failedValidationsRestAnHour() {
        var ago = NOW.minus(Duration.ofMinutes(20));
        assertThat(OrderBudget.freeAt(NOW, false, List.of(), List.of(), Collections.nCopies(4, ago)))
                .contains(NOW.plus(Duration.ofMinutes(40)));
    }

    @Test
    void whatAClockWroteThatWasAheadDoesNotCount() {
        var ahead = Collections.nCopies(500, NOW.plus(Duration.ofDays(300)));
        assertThat(OrderBudget.freeAt(NOW, true, ahead, ahead, ahead)).isEmpty();
    }

    @Test
    void whatIsLongAgoDoesNotCount() {
        var longAgo = Collections.nCopies(500, NOW.minus(Duration.ofDays(8)));
        assertThat(OrderBudget.freeAt(NOW, true, longAgo, longAgo, longAgo)).isEmpty();
    }
}
