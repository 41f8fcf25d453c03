package org.berth.sites;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.util.List;
import org.berth.host.Host;
import org.berth.jobs.JobFacts;
import org.berth.jobs.JobState;

/** Removes what is left of a site that was removed already, as its removal would have. */
@ApplicationScoped
class CleanRecipe extends PurgeRecipe {

    /** For the container's proxy. */
    CleanRecipe() {
        this(null, null);
    }

    @Inject
    CleanRecipe(Host host, SiteLife life) {
        super("clean", host, life);
    }

    @Override
    public List<String> steps(JsonObject input) {
        var parts = SiteInput.parts(input).stream().map(SitePart::step).toList();
        return ORDER.stream().filter(parts::contains).toList();
    }

    @Override
    public boolean triesAgain() {
        return false;
    }

    @Override
    public void over(JobFacts job, JobState outcome) {
        // The rows were right before; and a removed site never comes back.
    }
}
