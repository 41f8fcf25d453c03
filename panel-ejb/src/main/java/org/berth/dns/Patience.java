package org.berth.dns;

import java.time.Duration;

/** How long something is waited for: asked ever more seldom, and not for ever. */
final class Patience {

    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final long until;
    private Duration next = FIRST;

    Patience(Duration limit) {
        until = System.nanoTime() + limit.toNanos();
    }

    /** Waits until it is time to ask again; false when that would be too late. */
    boolean rest() {
        if (System.nanoTime() + next.toNanos() > until) {
            return false;
        }
        try {
            Thread.sleep(next.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
        next = next.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : next.multipliedBy(2);
        return true;
    }
}
