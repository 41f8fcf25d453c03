package org.berth.web.jobs;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.berth.jobs.JobChanged;
import org.berth.jobs.Jobs;
import org.berth.platform.BerthException;
import org.berth.platform.Problem;
import org.berth.platform.Sweep;
import org.berth.platform.TooManyAttempts;

/** Passes changes of jobs on to those who follow them; a slow listener holds up nobody but themselves. */
@ApplicationScoped
public class JobEvents implements Sweep {

    private static final Logger LOG = Logger.getLogger(JobEvents.class.getName());

    /** So many jobs may one account follow at a time; each takes a connection of those that all share. */
    private static final int MOST_OF_ONE = 100;

    private static final int SECONDS_UNTIL_ROOM = 10;

    private final Set<JobFollower> followers = ConcurrentHashMap.newKeySet();

    @Inject
    private Jobs jobs;

    @Resource
    private ManagedExecutorService executor;

    /**
     * Tells the job as it is, then every change; refuses as {@link Jobs#find} does.
     *
     * @throws TooManyAttempts when the same account follows as many as it may
     */
    void follow(JobFollower follower) {
        synchronized (followers) {
            requireRoom(follower.account());
            followers.add(follower);
        }
        try {
            follower.tell(jobs);
        } catch (BerthException refused) {
            followers.remove(follower);
            throw refused;
        }
    }

    private void requireRoom(long account) {
        followers.removeIf(JobFollower::isGone);
        var own = followers.stream().filter(one -> one.account() == account).count();
        if (own >= MOST_OF_ONE) {
            throw new TooManyAttempts(Problem.of("job-followed-too-often", SECONDS_UNTIL_ROOM, own));
        }
    }

    void changed(@Observes JobChanged change) {
        followers.stream()
                .filter(follower -> follower.job() == change.jobId())
                .forEach(follower -> executor.execute(() -> tell(follower)));
    }

    @Override
    public String name() {
        return "job-followers";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(20);
    }

    /** Says that the line is alive, and catches up whoever missed a change. */
    @Override
    public void run() {
        followers.removeIf(JobFollower::isGone);
        followers.forEach(follower -> {
            follower.greet();
            tell(follower);
        });
    }

    @PreDestroy
    void stop() {
        followers.clear();
    }

    private void tell(JobFollower follower) {
        try {
            follower.tell(jobs);
        } catch (RuntimeException gone) {
            LOG.log(Level.FINE, "a follower of job " + follower.job() + " is gone", gone);
            followers.remove(follower);
        }
        if (follower.isGone()) {
            followers.remove(follower);
        }
    }
}
