package org.berth.sites;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.berth.host.Host;
import org.berth.jobs.JobFacts;
import org.berth.jobs.JobState;
import org.berth.jobs.Step;

/** A change of what visitors see without touching what the site has: one flag on the host, no reload. */
abstract class StateRecipe extends SiteRecipe {

    private final String stepName;
    private final Host host;

    StateRecipe(String action, String stepName, Host host) {
        super(action);
        this.stepName = stepName;
        this.host = host;
    }

    /** The host's word for the state to go to. */
    abstract Function<JobFacts, String> flag();

    /** Makes the row say that it is so. */
    abstract void reached(JobFacts job);

    @Override
    public List<String> steps(JsonObject input) {
        return List.of(stepName);
    }

    @Override
    public Step step(String name) {
        return VerbStep.of(host, "site-state", job -> Map.of("state", flag().apply(job)))
                .then(this::reached);
    }

    @Override
    public void over(JobFacts job, JobState outcome) {
        // The row changed with the step, or not at all.
    }
}
