package org.berth.mail;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** When a mail that was not taken is sent again, and when no more. */
final class Retries {

    /** First soon, since most servers that ask for patience (greylisting) want some minutes; then as RFC 5321 4.5.4.1. */
    private static final List<Duration> PAUSES =
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofMinutes(30));

    /** The longest pause. */
    static final Duration LONGEST = PAUSES.get(PAUSES.size() - 1);

    /** An alarm that nobody could be told for so long is either over or was told again by its daily reminder. */
    static final Duration GIVEN_UP_AFTER = Duration.ofDays(2);

    private Retries() {}

    /** How long to wait after so many attempts, from 1 on. */
    static Duration after(int attempts) {
        return PAUSES.get(Math.min(attempts, PAUSES.size()) - 1);
    }

    /** Whether a mail is given up. */
    static boolean isOver(Instant created, Instant now) {
        return now.isAfter(created.plus(GIVEN_UP_AFTER));
    }
}
