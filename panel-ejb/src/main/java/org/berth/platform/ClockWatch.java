package org.berth.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Compares the clock of the host with the time that has really passed, and so finds out when it was set: by hand, by a
 * time server, or by standing still together with the host. Whoever decides by the clock what is removed looks first.
 */
@ApplicationScoped
public class ClockWatch {

    private static final Logger LOG = Logger.getLogger(ClockWatch.class.getName());

    /** Less than this nobody notices. */
    private static final Duration JUMP = Duration.ofMinutes(1);

    /** A panel that did not run for so long may also have a clock that was set ahead: nobody can tell. */
    private static final Duration LONG_OFF = Duration.ofHours(1);

    /** How often the clock is written down. */
    private static final Duration NOTED = Duration.ofMinutes(1);

    /** For so long the panel tells of it. */
    private static final Duration TOLD = Duration.ofDays(1);

    private final ClockLedger ledger;
    private final Clock clock;
    private final LongSupplier nanos;

    /** The clock's time less that which has passed; none before the first look. */
    private Instant zero;

    private Instant notedAt = Instant.EPOCH;
    private ClockJump last;
    private long toldSince;

    /** For the container's proxy. */
    ClockWatch() {
        this(null, null);
    }

    @Inject
    ClockWatch(ClockLedger ledger, Clock clock) {
        this(ledger, clock, System::nanoTime);
    }

    ClockWatch(ClockLedger ledger, Clock clock, LongSupplier nanos) {
        this.ledger = ledger;
        this.clock = clock;
        this.nanos = nanos;
    }

    /**
     * Looks whether the clock was set since the last look, or while the panel did not run, and tells everybody with a
     * {@link ClockJump}. What could not be written down is found again by the next look.
     */
    public synchronized void look() {
        var now = clock.instant();
        var newZero = now.minusNanos(nanos.getAsLong());
        var by = zero == null ? whileOff(now) : Duration.between(zero, newZero);
        if (by.abs().compareTo(JUMP) >= 0) {
            jumped(new ClockJump(now, by));
        } else if (Duration.between(notedAt, now).compareTo(NOTED) >= 0) {
            ledger.see(now);
            notedAt = now;
        }
        zero = newZero;
    }

    /** How the clock was last set, for a day after it. */
    public synchronized Optional<ClockJump> jump() {
        return Optional.ofNullable(last).filter(any -> nanos.getAsLong() - toldSince < TOLD.toNanos());
    }

    private Duration whileOff(Instant now) {
        var off = ledger.seen().map(seen -> Duration.between(seen, now)).orElse(Duration.ZERO);
        return off.isNegative() || off.compareTo(LONG_OFF) >= 0 ? off : Duration.ZERO;
    }

    private void jumped(ClockJump jump) {
        ledger.see(jump);
        notedAt = jump.noticedAt();
        LOG.log(Level.WARNING, "the clock was set by {0}, or the panel did not run meanwhile", jump.by());
        if (zero != null || jump.by().isNegative()) {
            last = jump;
            toldSince = nanos.getAsLong();
        }
    }
}
