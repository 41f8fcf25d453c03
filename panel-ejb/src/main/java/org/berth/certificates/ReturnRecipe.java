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
import org.berth.security.Permission;

/** Has visitors get the certificate of before again, which the host has kept with its key. */
@ApplicationScoped
class ReturnRecipe implements JobRecipe {

    static final String TYPE = "certificate-return";

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
        return new InstallStep(host, ledger, ledger::returned);
    }

    @Override
    public Permission permission(JobFacts job) {
        return Permission.on("certificate", "return", job.ownerId(), job.site());
    }

    @Override
    public boolean undoes() {
        return true;
    }

    /** What the rows say changes only once visitors get it. */
    @Override
    public void over(JobFacts job, JobState outcome) {}
}
