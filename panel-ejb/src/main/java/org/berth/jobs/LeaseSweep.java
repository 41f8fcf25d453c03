package org.berth.jobs;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.berth.platform.Sweep;

/** Renews the leases of running jobs and resumes jobs that a dead process left; so it is also what resumes at the start. */
@ApplicationScoped
class LeaseSweep implements Sweep {

    @Inject
    private JobRunner runner;

    @Inject
    private JobLedger ledger;

    @Override
    public String name() {
        return "job-leases";
    }

    @Override
    public Duration every() {
        return JobLedger.LEASE.dividedBy(4);
    }

    @Override
    public void run() {
        ledger.renew(runner.holder(), runner.running());
        runner.orphans().forEach(runner::resume);
    }
}
