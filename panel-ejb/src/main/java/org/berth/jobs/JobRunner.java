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
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.berth.platform.LostDatabase;
import org.berth.platform.Problem;

/**
 * Runs jobs, a bounded number at once, each as soon as it is committed and its turn in the {@link WaitingRoom} has come.
 * Stops between two steps when the panel stops; what is not finished then is resumed at the next start.
 */
@ApplicationScoped
class JobRunner {

    private static final Logger LOG = Logger.getLogger(JobRunner.class.getName());

    /** One more than jobs: telling that something has changed does not wait for a job to end. */
    private static final int THREADS = WaitingRoom.AT_ONCE + 1;

    /** systemd waits longer than this before it kills. */
    private static final int SECONDS_TO_STOP = 5;

    /** Leases of another holder belong to a process that is gone: only one panel runs on a host. */
    private final String holder = UUID.randomUUID().toString();

    /** Jobs that wait or are at work, and whether somebody asked for them again meanwhile. */
    private final ConcurrentHashMap<Long, Boolean> running = new ConcurrentHashMap<>();

    private final WaitingRoom room = new WaitingRoom();

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
        pool = new ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
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
        pool.execute(() -> changed.fire(waiting.change()));
        waiting.job().ifPresent(this::start);
    }

    /** Goes on with a job that nobody works on. */
    void resume(long id) {
        start(ledger.waiting(id));
    }

    /** Runs a job unless it runs already; then it is looked at once more afterwards. */
    private void start(Waiting job) {
        var known = running.merge(job.jobId(), false, (before, again) -> true);
        if (!known) {
            room.enter(job);
            beginNext();
        }
    }

    private void beginNext() {
        if (!stopping) {
            room.next().ifPresent(job -> pool.execute(() -> work(job)));
        }
    }

    String holder() {
        return holder;
    }

    /** Jobs that wait or are at work. */
    Set<Long> running() {
        return Set.copyOf(running.keySet());
    }

    /** Jobs that a dead process or a broken run left. */
    List<Long> orphans() {
        return ledger.orphans(holder).stream()
                .filter(id -> !running.containsKey(id))
                .toList();
    }

    private void work(Waiting job) {
        var id = job.jobId();
        try {
            run(id);
        } catch (RuntimeException broken) {
            brokeOff(id, broken);
        } finally {
            room.left(job);
            var again = running.remove(id);
            if (Boolean.TRUE.equals(again)) {
                start(job);
            }
            beginNext();
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
