package org.berth.host;

/**
 * The right to change a site on the host, held by one run of a job. The host refuses a lease that is older than the
 * newest it has seen, so that whatever a dead predecessor left running cannot undo newer work.
 *
 * @param job the job
 * @param epoch raised when Berth's own database is restored
 * @param token raised with every lease on the site
 */
public record Lease(long job, int epoch, long token) {}
