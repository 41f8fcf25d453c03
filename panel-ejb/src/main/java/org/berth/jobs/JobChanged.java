package org.berth.jobs;

/**
 * A job looks different now. Fired as a CDI event after the change is committed, on a thread of its own without a
 * transaction; whoever observes it must be quick.
 *
 * @param siteId the site, 0 when none
 * @param over whether the job is over now
 */
public record JobChanged(long jobId, long ownerId, long siteId, boolean over) {}
