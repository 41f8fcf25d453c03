package org.berth.web.frame;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.berth.jobs.JobChanged;
import org.berth.platform.Sweep;

/** Tells open pages that a job looks different now; which of their parts that concerns, and fetching them, is theirs. */
@ApplicationScoped
public class LiveJobs implements Sweep {

    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(25);

    /** So many pages of one account may listen at a time; each takes a connection of those that all share. */
    private static final int MOST_OF_ONE = 40;

    /** By age. */
    private final Collection<Listener> listeners = new ConcurrentLinkedQueue<>();

    @Resource
    private ManagedExecutorService threads;

    /** In the place of the account's oldest page if it has as many as it may: that has mostly been left by then. */
    synchronized void listen(Listener listener) {
        var own = listeners.stream()
                .filter(one -> one.accountId() == listener.accountId())
                .toList();
        own.stream().limit(Math.max(0, own.size() - MOST_OF_ONE + 1)).forEach(this::forget);
        listeners.add(listener);
        listener.line().addListener(new Farewell(listener));
    }

    void tell(@Observes JobChanged change) {
        var event = "data: " + topics(change).stream().collect(Collectors.joining("\",\"", "[\"", "\"]")) + "\n\n";
        threads.execute(() -> tell(event, listener -> listener.wants(change.ownerId())));
    }

    /** The front closes lines on which nothing moves; and who does not hear is forgotten. */
    @Override
    public void run() {
        tell(": here\n\n", listener -> true);
    }

    @Override
    public String name() {
        return "live-pages";
    }

    @Override
    public Duration every() {
        return SIGN_OF_LIFE;
    }

    private void tell(String event, Predicate<Listener> whom) {
        listeners.stream()
                .filter(whom)
                .filter(listener -> !listener.hear(event))
                .forEach(this::forget);
    }

    private void forget(Listener listener) {
        listeners.remove(listener);
        try {
            listener.line().complete();
        } catch (IllegalStateException alreadyOver) {
            return;
        }
    }

    private static List<String> topics(JobChanged change) {
        var topics = new ArrayList<>(List.of("jobs", "job-" + change.jobId()));
        if (change.siteId() != 0) {
            topics.add("site-" + change.siteId());
        }
        if (change.over()) {
            topics.add("sites");
        }
        return topics;
    }

    private class Farewell implements AsyncListener {

        private final Listener listener;

        Farewell(Listener listener) {
            this.listener = listener;
        }

        @Override
        public void onComplete(AsyncEvent event) {
            listeners.remove(listener);
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            forget(listener);
        }

        @Override
        public void onError(AsyncEvent event) {
            forget(listener);
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            listeners.add(listener);
        }
    }
}
