package org.berth.jobs;

/**
 * A job was written that waits for the runner, or was asked to stop; observed after the commit.
 *
 * @param runnable whether there is something to run
 * @param turn how many jobs of its owner were waiting already: those whose turn is earlier begin earlier
 */
record JobWaiting(JobChanged change, boolean runnable, int turn) {}
