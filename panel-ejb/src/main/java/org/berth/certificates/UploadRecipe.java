package org.berth.certificates;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
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
import org.berth.platform.Conflict;
import org.berth.platform.Problem;
import org.berth.security.Permission;

/**
 * Installs a certificate that somebody has brought. Its key waits sealed beside it until the host has it, so that a panel
 * that is killed goes on, and is forgotten as soon as the job is over, however it ends.
 */
@ApplicationScoped
class UploadRecipe implements JobRecipe {

    static final String TYPE = "certificate-upload";

    private static final VerbResult NOTHING = new VerbResult(false, JsonObject.EMPTY_JSON_OBJECT, "");

    @Inject
    private Host host;

    @Inject
    private IssueLedger ledger;

    static JsonObject input(Certificate certificate) {
        return Json.createObjectBuilder()
                .add("certificate", certificate.number())
                .build();
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public List<String> steps(JsonObject input) {
        return List.of("install");
    }

    @Override
    public Step step(String name) {
        return new Step() {
            @Override
            public VerbResult run(StepContext context) {
                var job = context.job();
                return host.call(VerbCall.change(
                        "certificate-install",
                        job.site(),
                        context.call(),
                        Map.of(
                                "certificate",
                                IssueInput.number(job.input()),
                                "chain",
                                ledger.broughtChain(job),
                                "key",
                                ledger.broughtKey(job))));
            }

            /** The verb has gone back by itself. */
            @Override
            public VerbResult undo(StepContext context) {
                return NOTHING;
            }

            @Override
            public void done(JobFacts job) {
                ledger.served(job);
            }
        };
    }

    @Override
    public Permission permission(JobFacts job) {
        return Permission.on("certificate", "upload", job.ownerId(), job.site());
    }

    @Override
    public boolean undoes() {
        return true;
    }

    @Override
    public void over(JobFacts job, JobState outcome) {
        ledger.broughtOver(job);
    }

    /** Without the key, which is gone. */
    @Override
    public void retrying(JobFacts job) {
        throw new Conflict(Problem.of("certificate-key-forgotten"));
    }
}
