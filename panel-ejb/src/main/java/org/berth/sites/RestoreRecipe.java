package org.berth.sites;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Function;
import org.berth.host.Host;
import org.berth.jobs.JobFacts;

/** Brings a deleted site back as it was, suspended if it was. */
@ApplicationScoped
class RestoreRecipe extends StateRecipe {

    private final SiteLife life;

    /** For the container's proxy. */
    RestoreRecipe() {
        this(null, null);
    }

    @Inject
    RestoreRecipe(Host host, SiteLife life) {
        super("restore", "online", host);
        this.life = life;
    }

    @Override
    Function<JobFacts, String> flag() {
        return life::stateOnceRestored;
    }

    @Override
    void reached(JobFacts job) {
        life.restored(job);
    }

    @Override
    public void retrying(JobFacts job) {
        life.requireLeadsTo(job, SiteState.ACTIVE);
    }
}
