package org.berth.certificates;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How long the clock waits after failures before it asks for a certificate again. */
final class BackOff {

    private static final List<Duration> WAITS = List.of(
            // A name server that has just been changed, a web server that reloads.
            Duration.ofMinutes(10),
            // The authority is being restarted.
            Duration.ofMinutes(30),
            // Authorities count failed validations by the hour and the name; from here on that is never met.
            Duration.ofHours(2),
            Duration.ofHours(6),
            // Somebody has to do something, and has been told at the second failure.
            Duration.ofHours(12),
            // Once a day finds out that it was done.
            Duration.ofDays(1));

    /** Of what is left of the life, so that a certificate of six days is not given up after two attempts. */
    private static final int SHARE_OF_LIFE = 8;

    private static final Duration LEAST = WAITS.get(0);

    /** While visitors are warned of an expired certificate; an hour is no burden for any authority. */
    private static final Duration EXPIRED = Duration.ofHours(1);

    /** Of the wait, so that what failed together does not come back together. */
    private static final double SPREAD = 0.1;

    private BackOff() {}

    /**
     * The wait before the next attempt.
     *
     * @param failures attempts in a row that failed, 1 or more
     * @param left time until the certificate that is served now expires, zero or less when it has; empty without one
     * @param place from 0 to 1, another one for each certificate: how much of a tenth of the wait is spared
     */
    static Duration after(int failures, Optional<Duration> left, double place) {
        var wait = WAITS.get(Math.max(Math.min(failures, WAITS.size()), 1) - 1);
        var most = left.map(BackOff::most).filter(some -> some.compareTo(wait) < 0);
        return Duration.ofMillis((long) (most.orElse(wait).toMillis() * (1 - SPREAD * place)));
    }

    private static Duration most(Duration left) {
        if (left.isNegative() || left.isZero()) {
            return EXPIRED;
        }
        var share = left.dividedBy(SHARE_OF_LIFE);
        return share.compareTo(LEAST) < 0 ? LEAST : share;
    }
}
