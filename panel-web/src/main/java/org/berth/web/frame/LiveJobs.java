package org.berth.web.frame;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();

    @Resource
    private ManagedExecutorService threads;

    /** Whether the account may have one page more listen: a page that may not looks by itself now and then. */
    boolean hasRoom(long account) {
        return listeners.stream().filter(one -> one.accountId() == account).count() < MOST_OF_ONE;
    }

    void listen(Listener listener) {
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
