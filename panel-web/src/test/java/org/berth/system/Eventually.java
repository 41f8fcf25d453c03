package org.berth.system;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition instead of for a time. */
final class Eventually {

    private static final long BETWEEN_LOOKS = Duration.ofMillis(100).toNanos();

    private Eventually() {}

    static void within(Duration limit, String what, BooleanSupplier condition) {
        var deadline = Instant.now().plus(limit);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("not within " + limit.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS);
        }
    }
}
