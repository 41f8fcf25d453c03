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
    private final Instant until;
    private Duration next = FIRST;

    Pace(Clock clock, Duration patience) {
        this.clock = clock;
        until = clock.instant().plus(patience);
    }

    /**
     * Waits until it is time to ask again.
     *
     * @param wanted when the authority wants to be asked
     * @throws AcmeFailure when that would be too late
     */
    void rest(Optional<Instant> wanted) {
        var now = clock.instant();
        var then = wanted.filter(now::isBefore).orElse(now.plus(next));
        if (then.isAfter(until)) {
            throw AcmeFailure.notBefore(Problem.of("acme-slow"), then);
        }
        next = next.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : next.multipliedBy(2);
        try {
            Thread.sleep(Duration.between(now, then).toMillis() + 1);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw AcmeFailure.passing(Problem.of("acme-slow"));
        }
    }
}
