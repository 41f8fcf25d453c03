package org.berth.jobs;

import org.berth.host.Lease;

/** What the runner has to do next for a job; everything before it is stored. */
public sealed interface Turn {

    JobFacts job();

    /** Run a step. */
    record Forward(JobFacts job, Lease lease, int position, String step) implements Turn {}

    /** Take a step back. */
    record Back(JobFacts job, Lease lease, int position, String step) implements Turn {}

    /** Nothing, it is over; or somebody else runs it. */
    record Over(JobFacts job) implements Turn {}
}
