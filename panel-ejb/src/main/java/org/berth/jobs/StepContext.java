package org.berth.jobs;

import org.berth.host.Lease;
import org.berth.host.VerbCall;

/**
 * What a step gets to know when it runs.
 *
 * @param lease the right to change the site
 * @param step name of the step
 */
public record StepContext(JobFacts job, Lease lease, String step) {

    /** How verbs are told who calls. */
    public VerbCall.Context call() {
        return new VerbCall.Context(lease, step, job.actor().name());
    }
}
