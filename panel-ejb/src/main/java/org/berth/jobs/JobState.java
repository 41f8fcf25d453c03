package org.berth.jobs;

/** Where a job stands. */
public enum JobState {
    /** Accepted; nothing done yet. */
    QUEUED,
    RUNNING,
    /** Takes back what it had done, newest first. */
    UNDOING,
    /** Over, as wished. */
    SUCCEEDED,
    /** Over for now: a step failed; the job can be retried from there. */
    FAILED,
    /** Over: failed, and everything done was taken back. */
    UNDONE,
    /** Over: somebody cancelled it, and everything done was taken back. */
    CANCELLED,
    /** Neither forward nor back: a person should look. What the host may be able to do later is tried again meanwhile. */
    STALLED;

    /** Whether nothing will happen any more unless somebody asks for it. */
    public boolean isOver() {
        return this != QUEUED && this != RUNNING && this != UNDOING;
    }

    /** Whether somebody may ask to go on from where it stopped. */
    public boolean isRetryable() {
        return this == FAILED || this == STALLED;
    }
}
