package org.berth.jobs;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.berth.platform.LostDatabase;
import org.berth.platform.Problem;

/**
 * Runs jobs, a bounded number at once, each as soon as it is committed; owners take turns. Stops between two steps when the panel stops;
 * what is not finished then is resumed at the next start.
 */
@ApplicationScoped
class JobRunner {

    private static final Logger LOG = Logger.getLogger(JobRunner.class.getName());

    /** Verbs mostly wait for others (disk, systemd, nginx), so more than there are cores. */
    private static final int AT_ONCE = 8;

    /** systemd waits longer than this before it kills. */
    private static final int SECONDS_TO_STOP = 5;

    /** Leases of another holder belong to a process that is gone: only one panel runs on a host. */
    private final String holder = UUID.randomUUID().toString();

    /** Jobs in work, and whether somebody asked for them again meanwhile. */
    private final ConcurrentHashMap<Long, Boolean> running = new ConcurrentHashMap<>();

    private final AtomicLong arrivals = new AtomicLong();

    @Resource
    private ManagedThreadFactory threads;

    @Inject
    private Drain drain;

    @Inject
    private JobLedger ledger;

    @Inject
    private StepRunner steps;

    @Inject
    private Event<JobChanged> changed;

    private ThreadPoolExecutor pool;
    private volatile boolean stopping;

    @PostConstruct
    void open() {
        pool = new ThreadPoolExecutor(AT_ONCE, AT_ONCE, 30, TimeUnit.SECONDS, new PriorityBlockingQueue<>(), threads);
        pool.allowCoreThreadTimeOut(true);
    }

    @PreDestroy
    void stop() {
        stopping = true;
        pool.shutdown();
        try {
            pool.awaitTermination(SECONDS_TO_STOP, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        pool.shutdownNow();
    }

    void waiting(@Observes(during = TransactionPhase.AFTER_SUCCESS) JobWaiting waiting) {
        execute(0, () -> changed.fire(waiting.change()));
        if (waiting.runnable()) {
            start(waiting.change().jobId(), waiting.turn());
        }
    }

    /** Runs a job unless it runs already; then it is looked at once more afterwards. */
    void start(long id) {
        start(id, 0);
    }

    private void start(long id, int turn) {
        var known = running.merge(id, false, (before, again) -> true);
        if (!known) {
            execute(turn, () -> work(id));
        }
    }

    private void execute(int turn, Runnable work) {
        pool.execute(new Waiting(turn, arrivals.getAndIncrement(), work));
    }

    /** Whoever has little waiting does not wait for those who have much. */
    private record Waiting(int turn, long arrival, Runnable work) implements Runnable, Comparable<Waiting> {

        private static final Comparator<Waiting> ORDER =
                Comparator.comparingInt(Waiting::turn).thenComparingLong(Waiting::arrival);

        @Override
        public int compareTo(Waiting other) {
            return ORDER.compare(this, other);
        }

        @Override
        public void run() {
            work.run();
        }
    }

    String holder() {
        return holder;
    }

    /** Jobs in work. */
    Set<Long> running() {
        return Set.copyOf(running.keySet());
    }

    /** Jobs that a dead process or a broken run left. */
    List<Long> orphans() {
        return ledger.orphans(holder).stream()
                .filter(id -> !running.containsKey(id))
                .toList();
    }

    private void work(long id) {
        try {
            run(id);
        } catch (RuntimeException broken) {
            brokeOff(id, broken);
        } finally {
            var again = running.remove(id);
            if (Boolean.TRUE.equals(again) && !stopping) {
                start(id);
            }
        }
    }

    private void run(long id) {
        if (drain.isOn()) {
            // It is left to the sweep, which comes again.
            return;
        }
        var turn = steps.begin(id, holder);
        while (!(turn instanceof Turn.Over) && !stopping) {
            announce(turn);
            turn = steps.take(turn);
        }
        announce(turn);
    }

    private void brokeOff(long id, RuntimeException broken) {
        var reference = UUID.randomUUID().toString().substring(0, 8);
        LOG.log(Level.SEVERE, "the run of job " + id + " broke off, reference " + reference, broken);
        // Without the database the lease runs out, and the sweep starts the job again: that is all that can be done.
        if (!stopping && !LostDatabase.isBehind(broken)) {
            changed.fire(ledger.giveUp(id, Problem.of("job-rows", id, reference)));
        }
    }

    private void announce(Turn turn) {
        var job = turn.job();
        changed.fire(new JobChanged(job.id(), job.ownerId(), job.siteId().orElse(0L), turn instanceof Turn.Over));
    }
}
