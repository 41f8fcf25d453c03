package org.berth.certificates;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a certificate is renewed. Certificates of one hour do not fall due in one hour again: each has a place of its own
 * in the span in which it may be renewed, which its fingerprint decides, so that asking twice gives one answer.
 */
final class RenewalTime {

    private static final double PLACES = 0x1p32;
    private static final int HEX_DIGITS = 8;
    private static final Duration MOST_WARNING = Duration.ofDays(30);

    private RenewalTime() {}

    /**
     * The time to renew at; one that has passed means now.
     *
     * @param fingerprint SHA-256 in hexadecimal, which spreads evenly
     * @param wanted what the authority says, if it says anything
     */
    static Instant of(Instant notBefore, Instant notAfter, String fingerprint, Optional<RenewalWindow> wanted) {
        var place = Long.parseLong(fingerprint.substring(0, HEX_DIGITS), 16) / PLACES;
        return wanted.map(window -> earlier(within(window.start(), window.end(), place), alarm(notBefore, notAfter)))
                .orElseGet(() -> byLife(notBefore, notAfter, place));
    }

    /**
     * From then on so little of its life is left that a person is told: a sixth, which is 15 of 90 days, but no more than a
     * month of those that live for years.
     */
    static Instant alarm(Instant notBefore, Instant notAfter) {
        var sixth = Duration.between(notBefore, notAfter).dividedBy(6);
        return notAfter.minus(sixth.compareTo(MOST_WARNING) > 0 ? MOST_WARNING : sixth);
    }

    /**
     * Two thirds of its life at the latest, the tenth before that in turn: a third is enough to repair what is broken,
     * whether it lives 6, 45 or 90 days.
     */
    private static Instant byLife(Instant notBefore, Instant notAfter, double place) {
        var life = Duration.between(notBefore, notAfter);
        var latest = notBefore.plus(life.multipliedBy(2).dividedBy(3));
        return within(latest.minus(life.dividedBy(10)), latest, place);
    }

    private static Instant within(Instant start, Instant end, double place) {
        return start.plusMillis((long) (place * Duration.between(start, end).toMillis()));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
