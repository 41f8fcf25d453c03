package org.berth.sites;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Function;
import org.berth.host.Host;
import org.berth.jobs.JobFacts;

/** Ends a suspension. */
@ApplicationScoped
class ResumeRecipe extends StateRecipe {

    private final SiteLife life;

    /** For the container's proxy. */
    ResumeRecipe() {
        this(null, null);
    }

    @Inject
    ResumeRecipe(Host host, SiteLife life) {
        super("resume", "online", host);
        this.life = life;
    }

    @Override
    Function<JobFacts, String> flag() {
        return job -> "live";
    }

    @Override
    void reached(JobFacts job) {
        life.resumed(job);
    }

    @Override
    public void retrying(JobFacts job) {
        life.requireLeadsTo(job, SiteState.ACTIVE);
    }
}
