package org.berth.certificates;

import jakarta.enterprise.context.ApplicationScoped;
import org.berth.jobs.JobFacts;
import org.berth.platform.Conflict;
import org.berth.platform.Problem;
import org.berth.security.Permission;

/**
 * Installs a certificate that somebody has brought. Its key waits sealed beside it until the host has it, so that a panel
 * that is killed goes on, and is forgotten as soon as the job is over, however it ends.
 */
@ApplicationScoped
class UploadRecipe extends InstallRecipe {

    static final String TYPE = "certificate-upload";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Permission permission(JobFacts job) {
        return Permission.on("certificate", "upload", job.ownerId(), job.site());
    }

    /** Without the key, which is gone. */
    @Override
    public void retrying(JobFacts job) {
        throw new Conflict(Problem.of("certificate-key-forgotten"));
    }
}
