package org.berth.certificates;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.util.List;
import org.berth.host.VerbResult;
import org.berth.jobs.JobFacts;
import org.berth.jobs.JobRecipe;
import org.berth.jobs.JobState;
import org.berth.jobs.Step;
import org.berth.jobs.StepContext;
import org.berth.security.Permission;

/** Looks whether an order could succeed, and what visitors get now, without making one. */
@ApplicationScoped
class CheckRecipe implements JobRecipe {

    static final String TYPE = "certificate-check";

    @Inject
    private IssueSteps steps;

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public List<String> steps(JsonObject input) {
        return List.of("look");
    }

    @Override
    public Step step(String name) {
        return new Step() {
            @Override
            public VerbResult run(StepContext context) {
                return steps.look(context);
            }

            @Override
            public VerbResult undo(StepContext context) {
                return steps.uncheck(context);
            }
        };
    }

    @Override
    public Permission permission(JobFacts job) {
        return Permission.on("certificate", "check", job.ownerId(), job.site());
    }

    @Override
    public boolean undoes() {
        return true;
    }

    /** What was found is stored by the step. */
    @Override
    public void over(JobFacts job, JobState outcome) {}
}
