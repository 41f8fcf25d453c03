package org.berth.web.frame;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.berth.jobs.JobView;
import org.berth.jobs.Jobs;
import org.berth.web.security.CurrentActor;

/** The tray: jobs that run now. */
@Named
@RequestScoped
public class TrayBacking {

    @Inject
    private CurrentActor current;

    @Inject
    private Jobs jobs;

    private List<JobView> running;

    /** Newest first. */
    public List<JobView> getJobs() {
        if (running == null) {
            running = jobs.running(current.actor());
        }
        return running;
    }
}
