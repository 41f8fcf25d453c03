package org.berth.container;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.berth.fixture.Eventually;
import org.berth.jobs.JobChanged;

/** Listens to what is told about jobs. */
@ApplicationScoped
public class Heard {

    private final Set<Long> over = ConcurrentHashMap.newKeySet();

    void listen(@Observes JobChanged change) {
        if (change.over()) {
            over.add(change.jobId());
        }
    }

    /** Returns when a run of the job has ended: because the job did, or because another run has it. */
    void runEnds(long job) {
        Eventually.holds("end of a run of job " + job, () -> over.remove(job));
    }
}
