package org.berth.jobs;

/** Where a step of a job stands. */
public enum StepState {
    PENDING,
    RUNNING,
    DONE,
    FAILED,
    UNDOING,
    UNDONE,
    /** Could not be taken back: a person should look. */
    UNDO_FAILED
}
