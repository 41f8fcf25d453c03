package org.berth.jobs;

/**
 * A job was written that waits for the runner, or was asked to stop; observed after the commit.
 *
 * @param runnable whether there is something to run
 */
record JobWaiting(JobChanged change, boolean runnable) {}
