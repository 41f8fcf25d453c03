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
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A host with 10,000 certificates for a year, minute by minute, by the rules of the real clock: mostly of 90 days, some of
 * 45 and of 6, at an authority that keeps its limits by a bucket that fills up again, fails now and then, wants many
 * replaced at once, and is down for a day and a half, while owners order as much as they may.
 */
class YearOfRenewalsTest {

    private static final int CERTIFICATES = 10_000;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant RECALL = START.plus(Duration.ofDays(150));
    private static final int RECALLED = 1_500;
    private static final Instant DOWN = START.plus(Duration.ofDays(200));
    private static final Instant UP = DOWN.plus(Duration.ofHours(36));
    private static final int ONE_FAILS_IN = 50;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final long DIRECTORY = 1;

    private final Random random = new Random(4);
    private final Authority authority = new Authority();
    private final AcmeDirectory directory = new AcmeDirectory();
    private final OrderBudget budget = new MemoryBudget();
    private final PriorityQueue<Renewed> due = new PriorityQueue<>(Comparator.comparing(some -> some.dueAt));
    private final List<Renewed> underWay = new ArrayList<>();
    private final ArrayDeque<Ordered> orders = new ArrayDeque<>();
    private final List<Integer> perHour = new ArrayList<>(List.of(0));
    private int expired;

    @Test
    void noneExpiresAndNoLimitIsMet() {
        for (var number = 0; number < CERTIFICATES; number++) {
            // Brought along from another host, where all were made within three days.
            due.add(new Renewed(number, START.minus(Duration.ofMinutes(random.nextInt(3 * 24 * 60)))));
        }
        for (var now = START; now.isBefore(START.plus(Duration.ofDays(365))); now = now.plus(MINUTE)) {
            if (Duration.between(START, now).toMinutes() % 60 == 0) {
                perHour.add(0);
            }
            end(now);
            if (now.equals(RECALL)) {
                recall();
            }
            begin(now);
            askOwners(now);
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
        assertThat(steady.stream().mapToInt(Integer::intValue).average().orElseThrow())
                .isBetween(8.0, 20.0);
    }

    private static Duration life(long site) {
        return switch ((int) (site % 20)) {
            case 0 -> Duration.ofHours(160);
            case 1, 2, 3 -> Duration.ofDays(45);
            default -> Duration.ofDays(90);
        };
    }

    /** The authority has issued by mistake, and is about to revoke. */
    private void recall() {
        var past = new RenewalWindow(
                RECALL.minus(Duration.ofDays(2)), RECALL.minus(Duration.ofDays(1)), Optional.empty(), RECALL);
        var recalled = Stream.generate(due::remove).limit(RECALLED).toList();
        recalled.forEach(some -> {
            some.dueAt = RenewalTime.of(some.born, some.notAfter(), "80000000", Optional.of(past));
            due.add(some);
        });
    }

    /** What {@link DueCertificates#renewals} does with its rows. */
    private void begin(Instant now) {
        if (directory.isResting(now) || budget.ofClock(DIRECTORY, now).isPresent()) {
            return;
        }
        var next = new ArrayList<Renewed>();
        while (next.size() < DueCertificates.AT_ONCE - underWay.size()
                && due.peek().dueAt.isBefore(now)) {
            next.add(due.remove());
        }
        var rows =
                next.stream().map(some -> new Object[] {some.site, DIRECTORY}).toList();
        var turn = DueCertificates.withOneOf(directory.isTroubled() ? List.of(DIRECTORY) : List.of(), rows);
        next.forEach(some -> (turn.contains(some.site) ? underWay : due).add(some));
    }

    /** Each takes a minute, and orders in it unless the limits leave no room by then. */
    private void end(Instant now) {
        for (var renewed : underWay) {
            expired += renewed.notAfter().isBefore(now) ? 1 : 0;
            var full = budget.ofClock(DIRECTORY, now);
            if (full.isPresent()) {
                renewed.dueAt = full.get();
            } else {
                perHour.set(perHour.size() - 1, perHour.get(perHour.size() - 1) + 1);
                renewed.over(order(Asker.CLOCK, now), now);
            }
            due.add(renewed);
        }
        underWay.clear();
    }

    private void askOwners(Instant now) {
        var since = OrderLimit.OWNERS.since(now);
        if (OrderLimit.OWNERS
                .freeAt(budget.made(Set.of(Asker.OWNER), DIRECTORY, since), now)
                .isEmpty()) {
            order(Asker.OWNER, now);
        }
    }

    private boolean order(Asker asker, Instant now) {
        orders.add(new Ordered(asker, now));
        return authority.issues(now);
    }

    private record Ordered(Asker asker, Instant at) {}

    private final class MemoryBudget extends OrderBudget {
        @Override
        List<Instant> made(Set<Asker> askers, long any, Instant since) {
            while (!orders.isEmpty() && !orders.peek().at().isAfter(since)) {
                orders.remove();
            }
            return orders.stream()
                    .filter(order -> askers.contains(order.asker()))
                    .map(Ordered::at)
                    .toList();
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
            return !isDown(now) && random.nextInt(ONE_FAILS_IN) > 0;
        }

        boolean isDown(Instant now) {
            return !now.isBefore(DOWN) && !now.isAfter(UP);
        }
    }

    private final class Renewed {

        private final long site;
        private final Duration life;
        private Instant born;
        private Instant dueAt;
        private int failures;

        Renewed(long site, Instant born) {
            this.site = site;
            life = life(site);
            renewed(born);
        }

        void over(boolean issued, Instant now) {
            if (issued) {
                directory.answered();
                renewed(now);
                return;
            }
            if (authority.isDown(now)) {
                directory.rests(now);
            }
            failures++;
            dueAt = now.plus(
                    BackOff.after(failures, Optional.of(Duration.between(now, notAfter())), random.nextDouble()));
        }

        private void renewed(Instant now) {
            born = now;
            failures = 0;
            dueAt = RenewalTime.of(born, notAfter(), "%08x".formatted(random.nextInt()), Optional.empty());
        }

        Instant notAfter() {
            return born.plus(life);
        }
    }
}
