package org.berth.services;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.berth.host.Host;
import org.berth.host.VerbCall;
import org.berth.host.VerbFailure;
import org.berth.platform.Problem;

/**
 * What the host last said about itself. Only the very first question waits for the host; later ones get the last answer
 * at once and, when it is old, have the host asked again beside them.
 */
@ApplicationScoped
public class HostFacts {

    private static final Logger LOG = Logger.getLogger(HostFacts.class.getName());
    private static final Duration FRESH = Duration.ofSeconds(10);

    /** Beyond this nothing may be decided by an old answer. */
    private static final Duration USABLE = Duration.ofMinutes(5);

    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile HostView last;
    private volatile long askedAt;
    private volatile Problem trouble;

    @Inject
    private Host host;

    @Inject
    private Clock clock;

    @Resource
    private ManagedExecutorService executor;

    /**
     * The host, known well enough to decide by.
     *
     * @throws VerbFailure when the host cannot be asked
     */
    public HostView now() {
        if (isOlderThan(USABLE)) {
            ask();
        } else if (isOlderThan(FRESH)) {
            askBeside();
        }
        return last;
    }

    /** The host as far as it is known, without waiting. */
    public Optional<HostView> latest() {
        if (isOlderThan(FRESH)) {
            askBeside();
        }
        return Optional.ofNullable(last);
    }

    /** Why the host could not be asked the last time. */
    Optional<Problem> trouble() {
        return Optional.ofNullable(trouble);
    }

    private boolean isOlderThan(Duration age) {
        // By the time that passes: the clock may be set.
        return last == null || System.nanoTime() - askedAt > age.toNanos();
    }

    private void ask() {
        try {
            last = InspectedHost.read(host.call(VerbCall.read("host-inspect")).result(), clock.instant());
            askedAt = System.nanoTime();
            trouble = null;
        } catch (VerbFailure failure) {
            trouble = failure.problem();
            throw failure;
        }
    }

    private void askOnce() {
        try {
            ask();
        } catch (VerbFailure failure) {
            LOG.log(Level.WARNING, "the host does not say how it is", failure);
        } finally {
            asking.set(false);
        }
    }

    private void askBeside() {
        if (asking.compareAndSet(false, true)) {
            try {
                executor.execute(this::askOnce);
            } catch (RejectedExecutionException stopping) {
                asking.set(false);
            }
        }
    }
}
