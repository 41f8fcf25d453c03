package org.berth.sites;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Function;
import org.berth.host.Host;
import org.berth.jobs.JobFacts;

/** Shows visitors the page of suspended sites and stops PHP. */
@ApplicationScoped
class SuspendRecipe extends StateRecipe {

    private final SiteLife life;

    /** For the container's proxy. */
    SuspendRecipe() {
        this(null, null);
    }

    @Inject
    SuspendRecipe(Host host, SiteLife life) {
        super("suspend", "offline", host);
        this.life = life;
    }

    @Override
    Function<JobFacts, String> flag() {
        return job -> "suspended";
    }

    @Override
    void reached(JobFacts job) {
        life.suspended(job);
    }

    @Override
    public void retrying(JobFacts job) {
        life.requireLeadsTo(job, SiteState.SUSPENDED);
    }
}
