package org.berth.certificates;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How often an authority is asked. The limits are those that Let's Encrypt publishes
 * (https://letsencrypt.org/docs/rate-limits/), with something left over, since others may use the account, too; no other
 * public authority is stricter. They count within a sliding time, which stays below the authority's own way of filling up
 * a bucket again.
 */
final class OrderBudget {

    /** Of 300 orders of an account in three hours; the clock leaves some for people. */
    static final Limit ORDERS_BY_CLOCK = new Limit(200, Duration.ofHours(3));

    static final Limit ORDERS = new Limit(270, Duration.ofHours(3));

    /** Of 5 certificates for exactly the same names in a week. */
    static final Limit SAME_NAMES = new Limit(4, Duration.ofDays(7));

    /** Of 5 failed validations of a name in an hour. */
    static final Limit FAILED = new Limit(4, Duration.ofHours(1));

    /** So many in so long. */
    record Limit(int most, Duration per) {

        /**
         * When one more is within the limit.
         *
         * @param times of those before it, oldest first
         * @return empty for now
         */
        Optional<Instant> freeAt(List<Instant> times, Instant now) {
            // What lies ahead was written by a clock that was wrong.
            var counted = times.stream()
                    .filter(time -> time.isAfter(since(now)) && !time.isAfter(now))
                    .toList();
            return counted.size() < most
                    ? Optional.empty()
                    : Optional.of(counted.get(counted.size() - most).plus(per));
        }

        Instant since(Instant now) {
            return now.minus(per);
        }
    }

    private OrderBudget() {}

    /**
     * When another order may be made.
     *
     * @param byClock whether nobody waits for it
     * @param ofAccount times of the account's orders, oldest first; as far back as the limits look, and so the others
     * @param ofNames times of orders for exactly these names
     * @param failed times of this site's orders that failed
     * @return empty for now
     */
    static Optional<Instant> freeAt(
            Instant now, boolean byClock, List<Instant> ofAccount, List<Instant> ofNames, List<Instant> failed) {
        var orders = byClock ? ORDERS_BY_CLOCK : ORDERS;
        return Stream.of(orders.freeAt(ofAccount, now), SAME_NAMES.freeAt(ofNames, now), FAILED.freeAt(failed, now))
                .flatMap(Optional::stream)
                .max(Instant::compareTo);
    }
}
