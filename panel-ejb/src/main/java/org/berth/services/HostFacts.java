package org.berth.services;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.berth.host.Host;
import org.berth.host.VerbCall;
import org.berth.host.VerbFailure;
import org.berth.platform.Problem;

/**
 * What the host last said about itself. A question gets the last answer at once and, when that is some seconds old, has
 * the host asked again beside it; only one that comes after a long silence waits for the host.
 */
@ApplicationScoped
public class HostFacts {

    private static final Logger LOG = Logger.getLogger(HostFacts.class.getName());
    private static final Duration FRESH = Duration.ofSeconds(10);

    /** Beyond this people are told of another time than now, unless the host takes longer than they should wait. */
    private static final Duration STALE = Duration.ofSeconds(30);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    /** Beyond this nothing may be decided by an old answer. */
    private static final Duration USABLE = Duration.ofMinutes(5);

    private CompletableFuture<Void> asking = CompletableFuture.completedFuture(null);
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

    /** The host as far as it is known; waits a second at most. */
    public Optional<HostView> latest() {
        if (isOlderThan(STALE)) {
            askBeside()
                    .copy()
                    .completeOnTimeout(null, LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS)
                    .join();
        } else if (isOlderThan(FRESH)) {
            askBeside();
        }
        return Optional.ofNullable(last);
    }

    /** Has the host asked after something of it was changed; who asks for it next is told of the host as it is now. */
    void renew() {
        // Whoever asks already may have begun before the change, and would be the last to write.
        underWay().join();
        askOnce();
    }

    private synchronized CompletableFuture<Void> underWay() {
        return asking;
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
            var begun = System.nanoTime();
            keep(InspectedHost.read(host.call(VerbCall.read("host-inspect")).result(), clock.instant()), begun);
            trouble = null;
        } catch (VerbFailure failure) {
            trouble = failure.problem();
            throw failure;
        }
    }

    /** Unless another answer is newer, whose question took less long. */
    private synchronized void keep(HostView answer, long begun) {
        if (last == null || begun - askedAt > 0) {
            last = answer;
            askedAt = begun;
        }
    }

    private void askOnce() {
        try {
            ask();
        } catch (RuntimeException failure) {
            LOG.log(Level.WARNING, "the host does not say how it is", failure);
        }
    }

    private synchronized CompletableFuture<Void> askBeside() {
        if (asking.isDone()) {
            try {
                asking = CompletableFuture.runAsync(this::askOnce, executor);
            } catch (RejectedExecutionException stopping) {
                LOG.log(Level.FINE, "the panel is stopping", stopping);
            }
        }
        return asking;
    }
}
