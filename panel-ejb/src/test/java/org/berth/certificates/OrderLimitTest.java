package org.berth.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderLimitTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Instant HOUR_AGO = NOW.minus(Duration.ofHours(1));

    @Test
    void whatIsFullIsFreeWhenTheOldestThatCountsNoLongerDoes() {
        var many = Collections.nCopies(OrderLimit.CLOCK.most(), HOUR_AGO);
        assertThat(OrderLimit.CLOCK.freeAt(many, NOW)).contains(NOW.plus(Duration.ofHours(2)));
        assertThat(OrderLimit.CLOCK.freeAt(many.subList(1, many.size()), NOW)).isEmpty();
    }

    @Test
    void ownersTogetherLeaveTheClockWhatItNeeds() {
        assertThat(OrderLimit.OWNERS.most() + OrderLimit.CLOCK.most()).isLessThan(OrderLimit.ALL.most());
        assertThat(OrderLimit.ALL_BEFORE_PEOPLE.most()).isLessThan(OrderLimit.ALL.most());
    }

    @Test
    void ownerLeavesOthersBelowTheSameDomainTheirs() {
        assertThat(OrderLimit.DOMAIN_OWNER.most() * 2).isLessThan(OrderLimit.DOMAIN.most());
    }

    @Test
    void sameNamesAreOrderedFourTimesAWeek() {
        var four = List.of(NOW.minus(Duration.ofDays(6)), HOUR_AGO, HOUR_AGO, HOUR_AGO);
        assertThat(OrderLimit.SAME_NAMES.freeAt(four, NOW)).contains(NOW.plus(Duration.ofDays(1)));
        assertThat(OrderLimit.SAME_NAMES.freeAt(four.subList(1, 4), NOW)).isEmpty();
    }

    @Test
    void failedValidationsRestAnHour() {
        var ago = NOW.minus(Duration.ofMinutes(20));
        assertThat(OrderLimit.FAILED.freeAt(Collections.nCopies(4, ago), NOW))
                .contains(NOW.plus(Duration.ofMinutes(40)));
    }

    @Test
    void neitherWhatIsLongAgoCountsNorWhatAClockWroteThatWasAhead() {
        for (var limit : OrderLimit.values()) {
            assertThat(limit.freeAt(Collections.nCopies(500, NOW.minus(Duration.ofDays(8))), NOW))
                    .isEmpty();
            assertThat(limit.freeAt(Collections.nCopies(500, NOW.plus(Duration.ofDays(300))), NOW))
                    .isEmpty();
        }
    }
}
