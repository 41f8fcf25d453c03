package org.berth.jobs;

import java.util.Optional;

/**
 * A job was written that waits for the runner, or was asked to stop; observed after the commit.
 *
 * @param job what there is to run, if anything
 */
record JobWaiting(JobChanged change, Optional<Waiting> job) {}
