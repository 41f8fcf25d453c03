package org.berth.certificates;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.berth.host.Host;
import org.berth.host.VerbCall;
import org.berth.host.VerbResult;
import org.berth.jobs.JobFacts;
import org.berth.jobs.JobRecipe;
import org.berth.jobs.JobState;
import org.berth.jobs.Step;
import org.berth.jobs.StepContext;
import org.berth.security.Permission;

/** Has visitors get a certificate that was signed by itself again; the host keeps the other one, to go back to. */
@ApplicationScoped
class WithdrawRecipe implements JobRecipe {

    static final String TYPE = "certificate-withdraw";

    private static final VerbResult NOTHING = new VerbResult(false, JsonObject.EMPTY_JSON_OBJECT, "");

    @Inject
    private Host host;

    @Inject
    private IssueLedger ledger;

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public List<String> steps(JsonObject input) {
        return List.of("withdraw");
    }

    @Override
    public Step step(String name) {
        return new Step() {
            @Override
            public VerbResult run(StepContext context) {
                var job = context.job();
                return host.call(VerbCall.change(
                        "certificate-withdraw",
                        job.site(),
                        context.call(),
                        Map.of("certificate", IssueInput.number(job.input()), "keep", true)));
            }

            /** The verb has gone back by itself. */
            @Override
            public VerbResult undo(StepContext context) {
                return NOTHING;
            }

            @Override
            public void done(JobFacts job) {
                ledger.withdrawn(job);
            }
        };
    }

    @Override
    public Permission permission(JobFacts job) {
        return Permission.on("certificate", "withdraw", job.ownerId(), job.site());
    }

    @Override
    public boolean undoes() {
        return true;
    }

    /** What the rows say changes only once visitors get it. */
    @Override
    public void over(JobFacts job, JobState outcome) {}
}
