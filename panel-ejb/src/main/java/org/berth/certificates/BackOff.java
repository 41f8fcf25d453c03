package org.berth.certificates;

import java.time.Duration;
import java.util.List;

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

    private BackOff() {}

    /**
     * The wait before the next attempt.
     *
     * @param failures attempts in a row that failed, 1 or more
     * @param left time until the certificate that is served now expires; zero or less without one
     */
    static Duration after(int failures, Duration left) {
        var wait = WAITS.get(Math.min(failures, WAITS.size()) - 1);
        if (left.isNegative() || left.isZero()) {
            return wait;
        }
        var share = left.dividedBy(SHARE_OF_LIFE);
        var most = share.compareTo(LEAST) < 0 ? LEAST : share;
        return wait.compareTo(most) > 0 ? most : wait;
    }
}
