package org.berth.certificates;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How often an authority is asked. Most of the limits are those that Let's Encrypt publishes
 * (https://letsencrypt.org/docs/rate-limits/), with something left over, since others may use the account, too; no other
 * public authority is stricter. They count within a sliding time, which stays below the authority's own way of filling up
 * a bucket again. The others divide the orders of the one account, so that nobody uses up what renewals need.
 */
enum OrderLimit {
    /** Of 300 orders of an account in three hours, whoever asks. This and the next two are of public authorities only. */
    ALL(290, Duration.ofHours(3)),

    /** An administrator leaves some, also with hundreds of sites at once. */
    ALL_BEFORE_PEOPLE(270, Duration.ofHours(3)),

    /** Of the clock, which a thousand owners do not keep from it. */
    CLOCK(200, Duration.ofHours(3)),

    /** Of all owners together. */
    OWNERS(70, Duration.ofHours(3)),

    /** Of the owner of one site. */
    OWNER(20, Duration.ofHours(3)),

    /** Of the owner of one site in a day. */
    OWNER_A_DAY(50, Duration.ofDays(1)),

    /**
     * Of 5 certificates for exactly the same names in a week, by people, who would otherwise use up what the next renewal
     * needs. The clock renews in its turn, however short the life is, and is not counted.
     */
    SAME_NAMES(4, Duration.ofDays(7)),

    /** Of 50 new certificates of a registered domain in a week, whoever asks; of public authorities only. */
    DOMAIN(45, Duration.ofDays(7)),

    /** Of those, for all sites of one owner, unless an administrator orders: others have sites below the domain, too. */
    DOMAIN_OWNER(20, Duration.ofDays(7)),

    /** Of 5 failed validations of a name in an hour. */
    FAILED(4, Duration.ofHours(1));

    private final int most;
    private final Duration per;

    OrderLimit(int most, Duration per) {
        this.most = most;
        this.per = per;
    }

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

    /** How far back it looks. */
    Instant since(Instant now) {
        return now.minus(per);
    }

    int most() {
        return most;
    }
}
