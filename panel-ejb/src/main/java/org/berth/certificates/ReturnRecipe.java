package org.berth.certificates;

import jakarta.enterprise.context.ApplicationScoped;
import org.berth.jobs.JobFacts;
import org.berth.jobs.JobState;
import org.berth.security.Permission;

/** Has visitors get the certificate of before again, which the host has kept with its key. */
@ApplicationScoped
class ReturnRecipe extends InstallRecipe {

    static final String TYPE = "certificate-return";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    void served(IssueLedger rows, JobFacts job) {
        rows.returned(job);
    }

    @Override
    public Permission permission(JobFacts job) {
        return Permission.on("certificate", "return", job.ownerId(), job.site());
    }

    /** What the rows say changes only once visitors get it. */
    @Override
    public void over(JobFacts job, JobState outcome) {}
}
