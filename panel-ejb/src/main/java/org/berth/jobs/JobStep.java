package org.berth.jobs;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** A step of a job as it is stored. */
@Entity
@Table(name = "job_step")
@IdClass(JobStep.Key.class)
class JobStep {

    /** A longer log keeps its end, where the failure is. */
    private static final int LONGEST_LOG = 64 * 1024;

    @Id
    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "job_id")
    private Job job;

    @Id
    private int position;

    private String name;

    @Enumerated(EnumType.STRING)
    private StepState state;

    private int attempts;
    private String result;
    private String log;

    @Column(name = "started_at")
    private Instant startedAt;

    @Column(name = "finished_at")
    private Instant finishedAt;

    protected JobStep() {}

    JobStep(Job job, int position, String name) {
        this.job = job;
        this.position = position;
        this.name = name;
        state = StepState.PENDING;
    }

    void begin(Instant now) {
        state = StepState.RUNNING;
        attempts++;
        startedAt = now;
        finishedAt = null;
    }

    void done(String result, String log, Instant now) {
        this.result = result;
        end(StepState.DONE, log, now);
    }

    void fail(String log, Instant now) {
        end(StepState.FAILED, log, now);
    }

    void beginUndo() {
        state = StepState.UNDOING;
    }

    void undone(String log, Instant now) {
        end(StepState.UNDONE, log, now);
    }

    void undoFailed(String log, Instant now) {
        end(StepState.UNDO_FAILED, log, now);
    }

    /** Ready for another try in the direction in which it stopped. */
    void reopen() {
        state = switch (state) {
            case FAILED, RUNNING -> StepState.PENDING;
            case UNDO_FAILED -> StepState.UNDOING;
            case PENDING, DONE, UNDOING, UNDONE -> state;
        };
        if (state == StepState.PENDING) {
            attempts = 0;
        }
    }

    boolean isInUndo() {
        return state == StepState.UNDOING || state == StepState.UNDONE || state == StepState.UNDO_FAILED;
    }

    /** Whether something of it may be on the host. */
    boolean mayHaveLeftSomething() {
        return state != StepState.PENDING && state != StepState.UNDONE;
    }

    private void end(StepState outcome, String text, Instant now) {
        state = outcome;
        finishedAt = now;
        var all = (log == null ? "" : log) + text;
        log = all.length() > LONGEST_LOG ? all.substring(all.length() - LONGEST_LOG) : all;
    }

    int position() {
        return position;
    }

    String name() {
        return name;
    }

    StepState state() {
        return state;
    }

    int attempts() {
        return attempts;
    }

    StepView view() {
        return new StepView(
                position,
                name,
                state,
                attempts,
                Optional.ofNullable(startedAt),
                Optional.ofNullable(finishedAt),
                log == null ? "" : log);
    }

    /** Identity of a step: its job and its position. */
    static class Key implements java.io.Serializable {

        private long job;
        private int position;

        public Key() {}

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.job == job && key.position == position;
        }

        @Override
        public int hashCode() {
            return Objects.hash(job, position);
        }
    }
}
