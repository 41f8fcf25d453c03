package org.berth.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Compares the clock of the host with the time that has really passed, and so finds out when it was set: by hand, by a
 * time server, or by standing still together with the host.
 */
@ApplicationScoped
public class ClockWatch {

    /** Less than this nobody notices. */
    private static final Duration JUMP = Duration.ofMinutes(1);

    /** For so long what the clock says is too late is not believed, so that somebody can set it right. */
    private static final Duration DISTRUST = Duration.ofDays(1);

    private final Clock clock;
    private final LongSupplier nanos;

    /** The clock's time less that which has passed. */
    private Instant zero;

    private ClockJump last;
    private long distrustedSince;
    private boolean distrusted;

    /** For the container's proxy. */
    ClockWatch() {
        this(Clock.systemUTC());
    }

    @Inject
    ClockWatch(Clock clock) {
        this(clock, System::nanoTime);
    }

    ClockWatch(Clock clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
        this.zero = zero();
    }

    /** Whether the clock was set since the last look. */
    synchronized boolean hasJumped() {
        var now = zero();
        var by = Duration.between(zero, now);
        zero = now;
        if (by.abs().compareTo(JUMP) < 0) {
            return false;
        }
        jumped(by);
        return true;
    }

    /**
     * Tells when something was last written down before the start. A clock that is behind it was set back; one that is
     * far ahead may be right, if the host was off for so long, or not.
     */
    public synchronized void startedAfter(Instant written) {
        var since = Duration.between(written, clock.instant());
        if (since.compareTo(JUMP.negated()) < 0) {
            jumped(since);
        } else if (since.compareTo(DISTRUST) > 0) {
            distrust();
        }
    }

    /** How the clock was last set, for a day after it. */
    public synchronized Optional<ClockJump> jump() {
        return isTrusted() ? Optional.empty() : Optional.ofNullable(last);
    }

    /** Whether anything may be removed for good because its time has come. */
    public synchronized boolean isTrusted() {
        distrusted = distrusted && nanos.getAsLong() - distrustedSince < DISTRUST.toNanos();
        return !distrusted;
    }

    private void jumped(Duration by) {
        last = new ClockJump(clock.instant(), by);
        distrust();
    }

    private void distrust() {
        distrusted = true;
        distrustedSince = nanos.getAsLong();
    }

    private Instant zero() {
        return clock.instant().minusNanos(nanos.getAsLong());
    }
}
