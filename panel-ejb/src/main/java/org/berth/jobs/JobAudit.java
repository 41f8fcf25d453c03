package org.berth.jobs;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import org.berth.audit.AuditLog;
import org.berth.audit.Result;
import org.berth.audit.Target;
import org.berth.platform.Problem;

/** Tells the audit about jobs that did not do what was asked; that they were asked for, the boundaries have told it. */
@Dependent
class JobAudit {

    @Inject
    private AuditLog log;

    void unfinished(Job job, JobState outcome) {
        var target = new Target("site", job.siteId().orElse(0L), job.targetName());
        var why = job.problem().map(Problem::code).orElse("");
        // site-create is the work of site:create.
        var action = job.type().replaceFirst("-", ":");
        log.record(job.actor(), action, target, Result.FAILED, "job " + job.id() + " " + outcome + " " + why);
    }
}
