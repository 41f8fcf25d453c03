package org.berth.certificates;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.berth.platform.Problem;

/** How often an authority is asked whether something is done: when it wants to be, else ever more seldom, and not for ever. */
final class Pace {

    private static final Duration FIRST = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Clock clock;

    /** By the time that passes: the host's clock may be set meanwhile. */
    private final long until;

    private Duration next = FIRST;

    Pace(Clock clock, Duration patience) {
        this.clock = clock;
        until = System.nanoTime() + patience.toNanos();
    }

    /**
     * Waits until it is time to ask again.
     *
     * @param wanted when the authority wants to be asked
     * @throws AcmeFailure when that would be too late
     */
    void rest(Optional<Instant> wanted) {
        var now = clock.instant();
        var pause = wanted.filter(now::isBefore)
                .map(then -> Duration.between(now, then))
                .orElse(next);
        if (pause.compareTo(Duration.ofNanos(until - System.nanoTime())) > 0) {
            throw AcmeFailure.notBefore(Problem.of("acme-slow"), now.plus(pause));
        }
        next = next.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : next.multipliedBy(2);
        try {
            Thread.sleep(pause.toMillis() + 1);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw AcmeFailure.passing(Problem.of("acme-slow"));
        }
    }
}
