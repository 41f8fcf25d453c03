package org.berth.web.jobs;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import org.berth.jobs.JobView;
import org.berth.jobs.Jobs;
import org.berth.platform.Page;
import org.berth.web.frame.ListQuery;
import org.berth.web.security.CurrentActor;

/** Jobs, newest first. */
@Named
@RequestScoped
public class JobsListBacking {

    @Inject
    private CurrentActor current;

    @Inject
    private HttpServletRequest request;

    @Inject
    private Jobs jobs;

    private ListQuery query;
    private Page<JobView> page;

    @PostConstruct
    void init() {
        query = ListQuery.of(request, "/jobs", "state", "type", "site");
    }

    public ListQuery getQuery() {
        return query;
    }

    public Page<JobView> getPage() {
        if (page == null) {
            page = jobs.list(current.actor(), query.request());
        }
        return page;
    }

    /** Whether something runs that the page should follow closely. */
    public boolean isRunning() {
        return getPage().rows().stream().anyMatch(job -> !job.state().isOver());
    }
}
