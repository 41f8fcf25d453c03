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
import org.berth.platform.Sweep;

/** Passes changes of jobs on to those who follow them; a slow listener holds up nobody but themselves. */
@ApplicationScoped
public class JobEvents implements Sweep {

    private static final Logger LOG = Logger.getLogger(JobEvents.class.getName());

    private final Set<JobFollower> followers = ConcurrentHashMap.newKeySet();

    @Inject
    private Jobs jobs;

    @Resource
    private ManagedExecutorService executor;

    /** Tells the job as it is, then every change; refuses as {@link Jobs#find} does. */
    void follow(JobFollower follower) {
        followers.add(follower);
        try {
            follower.tell(jobs);
        } catch (BerthException refused) {
            followers.remove(follower);
            throw refused;
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
