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

/** Installs a copy of a certificate that certbot or acme.sh keeps on this host. Its key never leaves root's side. */
@ApplicationScoped
class ImportRecipe implements JobRecipe {

    static final String TYPE = "certificate-import";

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
        return CertificateImport.permission();
    }

    @Override
    public boolean undoes() {
        return true;
    }

    @Override
    public void over(JobFacts job, JobState outcome) {
        ledger.broughtOver(job);
    }
}
