package org.berth.certificates;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.util.List;
import org.berth.host.Host;
import org.berth.jobs.JobFacts;
import org.berth.jobs.JobRecipe;
import org.berth.jobs.JobState;
import org.berth.jobs.Step;
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
        return List.of("install");
    }

    @Override
    public Step step(String name) {
        return new InstallStep(host, ledger, ledger::served);
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
