package org.berth.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A host with 10,000 certificates for a year, minute by minute, by the rules of the real clock: mostly of 90 days, some of
 * 45 and of 6, at an authority that keeps its limits by a bucket that fills up again, fails now and then, and is down for
 * a day and a half.
 */
class YearOfRenewalsTest {

    private static final int CERTIFICATES = 10_000;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant DOWN = START.plus(Duration.ofDays(200));
    private static final Instant UP = DOWN.plus(Duration.ofHours(36));
    private static final int ONE_FAILS_IN = 50;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Random random = new Random(4);
    private final Authority authority = new Authority();
    private final PriorityQueue<Renewed> due = new PriorityQueue<>(Comparator.comparing(some -> some.dueAt));
    private final ArrayDeque<Instant> orders = new ArrayDeque<>();
    private final List<Integer> perHour = new ArrayList<>(List.of(0));
    private int expired;

    @Test
    void noneExpiresAndNoLimitIsMet() {
        for (var number = 0; number < CERTIFICATES; number++) {
            // Brought along from another host, where all were made within three days.
            due.add(new Renewed(life(number), START.minus(Duration.ofMinutes(random.nextInt(3 * 24 * 60)))));
        }
        for (var now = START; now.isBefore(START.plus(Duration.ofDays(365))); now = now.plus(MINUTE)) {
            if (Duration.between(START, now).toMinutes() % 60 == 0) {
                perHour.add(0);
            }
            sweep(now);
        }
        var steady = perHour.subList(24 * 100, perHour.size());
        System.out.printf(
                "10,000 certificates in a year: %d orders, %.1f an hour, at most %d an hour, %d refused, %d expired%n",
                perHour.stream().mapToInt(Integer::intValue).sum(),
                steady.stream().mapToInt(Integer::intValue).average().orElseThrow(),
                perHour.stream().mapToInt(Integer::intValue).max().orElseThrow(),
                authority.refused,
                expired);
        assertThat(expired).isZero();
        assertThat(authority.refused).isZero();
        assertThat(perHour).allMatch(count -> count <= OrderLimit.CLOCK.most());
        assertThat(steady.stream().mapToInt(Integer::intValue).average().orElseThrow())
                .isBetween(8.0, 20.0);
    }

    private static Duration life(int number) {
        return switch (number % 20) {
            case 0 -> Duration.ofHours(160);
            case 1, 2, 3 -> Duration.ofDays(45);
            default -> Duration.ofDays(90);
        };
    }

    private void sweep(Instant now) {
        for (var begun = 0; begun < DueCertificates.AT_ONCE && due.peek().dueAt.isBefore(now); begun++) {
            while (!orders.isEmpty() && !orders.peek().isAfter(now.minus(Duration.ofHours(3)))) {
                orders.remove();
            }
            if (OrderLimit.CLOCK.freeAt(List.copyOf(orders), now).isPresent()) {
                return;
            }
            var next = due.remove();
            expired += next.notAfter().isBefore(now) ? 1 : 0;
            orders.add(now);
            perHour.set(perHour.size() - 1, perHour.get(perHour.size() - 1) + 1);
            if (authority.issues(now)) {
                next.renewed(now);
            } else {
                next.failed(now);
            }
            due.add(next);
        }
    }

    /** 300 orders, one more every 36 seconds. */
    private final class Authority {

        private static final double MOST = 300;
        private static final double A_SECOND = 300.0 / (3 * 3600);

        private double left = MOST;
        private Instant last = START;
        private int refused;

        boolean issues(Instant now) {
            left = Math.min(MOST, left + Duration.between(last, now).toSeconds() * A_SECOND) - 1;
            last = now;
            refused += left < 0 ? 1 : 0;
            return (now.isBefore(DOWN) || now.isAfter(UP)) && random.nextInt(ONE_FAILS_IN) > 0;
        }
    }

    private final class Renewed {

        private final Duration life;
        private Instant born;
        private Instant dueAt;
        private int failures;

        Renewed(Duration life, Instant born) {
            this.life = life;
            renewed(born);
        }

        void renewed(Instant now) {
            born = now;
            failures = 0;
            dueAt = RenewalTime.of(born, notAfter(), "%08x".formatted(random.nextInt()), Optional.empty());
        }

        void failed(Instant now) {
            failures++;
            dueAt = now.plus(
                    BackOff.after(failures, Optional.of(Duration.between(now, notAfter())), random.nextDouble()));
        }

        Instant notAfter() {
            return born.plus(life);
        }
    }
}
