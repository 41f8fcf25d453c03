package org.berth.sites;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Function;
import org.berth.host.Host;
import org.berth.jobs.JobFacts;

/** Takes a site offline and starts its days of grace. */
@ApplicationScoped
class DeleteRecipe extends StateRecipe {

    private final SiteLife life;

    /** For the container's proxy. */
    DeleteRecipe() {
        this(null, null);
    }

    @Inject
    DeleteRecipe(Host host, SiteLife life) {
        super("delete", "offline", host);
        this.life = life;
    }

    @Override
    Function<JobFacts, String> flag() {
        return job -> "deleted";
    }

    @Override
    void reached(JobFacts job) {
        life.deleted(job);
    }

    @Override
    public void retrying(JobFacts job) {
        life.requireLeadsTo(job, SiteState.DELETED);
    }
}
