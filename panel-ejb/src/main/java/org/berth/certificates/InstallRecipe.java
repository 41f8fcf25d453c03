package org.berth.certificates;

import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.util.List;
import org.berth.host.Host;
import org.berth.jobs.JobFacts;
import org.berth.jobs.JobRecipe;
import org.berth.jobs.JobState;
import org.berth.jobs.Step;

/** Has visitors get a certificate of which the chain is known, in one step. */
abstract class InstallRecipe implements JobRecipe {

    @Inject
    private Host host;

    @Inject
    private IssueLedger ledger;

    @Override
    public List<String> steps(JsonObject input) {
        return List.of("install");
    }

    @Override
    public Step step(String name) {
        return new InstallStep(host, ledger, job -> served(ledger, job));
    }

    /** Visitors get it. */
    void served(IssueLedger rows, JobFacts job) {
        rows.served(job);
    }

    @Override
    public boolean undoes() {
        return true;
    }

    /** What did not get to visitors never will. */
    @Override
    public void over(JobFacts job, JobState outcome) {
        ledger.broughtOver(job);
    }
}
