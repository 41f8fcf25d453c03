package org.berth.jobs;

import jakarta.json.JsonObject;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.berth.host.Lease;
import org.berth.platform.DomainName;
import org.berth.platform.Problem;
import org.berth.security.Actor;
import org.berth.security.Role;
import org.berth.security.Via;

/** A job as it is stored; every change of it happens in {@link JobLedger}, {@link JobQueue} or {@link Jobs} under its row lock. */
@Entity
@Table(name = "job")
class Job {

    private static final Duration SHORTEST_REST = Duration.ofMinutes(10);
    private static final Duration LONGEST_REST = Duration.ofDays(1);

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    private String type;

    @Column(name = "site_id")
    private Long siteId;

    @Column(name = "active_site_id")
    private Long activeSiteId;

    @Column(name = "target_name")
    private String targetName;

    /** For searches only. */
    @Column(name = "target_other")
    private String targetOther;

    @Column(name = "owner_id")
    private long ownerId;

    @Column(name = "actor_id")
    private long actorId;

    @Column(name = "actor_name")
    private String actorName;

    @Column(name = "actor_role")
    @Enumerated(EnumType.STRING)
    private Role actorRole;

    @Enumerated(EnumType.STRING)
    private Via via;

    private String address;

    @Enumerated(EnumType.STRING)
    private JobState state;

    private String input;

    @Column(name = "idempotency_key")
    private String idempotencyKey;

    @Column(name = "cancel_requested")
    private boolean cancelRequested;

    @Column(name = "problem_code")
    private String problemCode;

    @Column(name = "problem_args")
    private String problemArgs;

    @Column(name = "lease_holder")
    private String leaseHolder;

    @Column(name = "lease_until")
    private Instant leaseUntil;

    private int epoch;
    private long token;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "started_at")
    private Instant startedAt;

    @Column(name = "finished_at")
    private Instant finishedAt;

    private int revision;

    @OneToMany(mappedBy = "job", cascade = CascadeType.ALL, fetch = FetchType.LAZY)
    @OrderBy("position")
    private List<JobStep> steps = new ArrayList<>();

    protected Job() {}

    Job(Actor actor, JobRequest request, List<String> stepNames, Instant now) {
        type = request.type();
        siteId = request.siteId().orElse(null);
        activeSiteId = siteId;
        targetName = request.targetName();
        targetOther = DomainName.otherForm(targetName);
        ownerId = request.ownerId();
        actorId = actor.accountId();
        actorName = actor.name();
        actorRole = actor.role();
        via = actor.via();
        address = actor.address();
        state = JobState.QUEUED;
        input = request.input().toString();
        idempotencyKey = request.idempotencyKey().orElse(null);
        createdAt = now;
        for (var name : stepNames) {
            steps.add(new JobStep(this, steps.size() + 1, name));
        }
    }

    /** A new run takes the job over from whoever had it. */
    void lease(String holder, Lease lease, Instant now, Instant until) {
        leaseHolder = holder;
        epoch = lease.epoch();
        token = lease.token();
        leaseUntil = until;
        if (startedAt == null) {
            startedAt = now;
        }
        if (state == JobState.QUEUED) {
            state = JobState.RUNNING;
        }
        revision++;
    }

    boolean isLeasedBy(Lease lease) {
        return leaseHolder != null && epoch == lease.epoch() && token == lease.token();
    }

    void undo() {
        state = JobState.UNDOING;
        revision++;
    }

    /** Nothing will happen any more: the site is free for other jobs. */
    void finish(JobState outcome, Instant now) {
        state = outcome;
        finishedAt = now;
        activeSiteId = null;
        leaseHolder = null;
        leaseUntil = null;
        revision++;
    }

    /** Whatever step was on its way has not got there. */
    void breakOff(Instant now) {
        for (var step : steps) {
            switch (step.state()) {
                case RUNNING -> step.fail("", now);
                case UNDOING -> step.undoFailed("", now);
                case PENDING, DONE, FAILED, UNDONE, UNDO_FAILED -> {}
            }
        }
    }

    /** Waits again, to go on where it stopped. */
    void reopen() {
        var undoing = steps.stream().anyMatch(JobStep::isInUndo);
        steps.forEach(JobStep::reopen);
        state = undoing ? JobState.UNDOING : JobState.QUEUED;
        activeSiteId = siteId;
        finishedAt = null;
        cancelRequested = false;
        if (!undoing) {
            blame(null);
        }
        revision++;
    }

    /** Could not go on, and has rested since for as long as it had been tried before, at least ten minutes, at most a day. */
    boolean hasRested(Instant now) {
        if (!state.isRetryable()) {
            return false;
        }
        if (startedAt == null || finishedAt == null) {
            // Somebody changed the row by hand; the next attempt writes both anew.
            return true;
        }
        var tried = Duration.between(startedAt, finishedAt);
        var rest = tried.compareTo(SHORTEST_REST) < 0 ? SHORTEST_REST : tried;
        // That a job ended in the future says that the clock was set back since.
        return finishedAt.isAfter(now)
                || !now.isBefore(finishedAt.plus(rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest));
    }

    void requestCancel() {
        cancelRequested = true;
        revision++;
    }

    void blame(Problem problem) {
        problemCode = problem == null ? null : problem.code();
        problemArgs = problem == null ? null : Json.args(problem);
    }

    void touch() {
        revision++;
    }

    /** Whoever caused the job, as if they acted now. */
    Actor actor() {
        return new Actor(actorId, actorName, actorRole, via, address);
    }

    /** For whoever runs it. */
    Waiting waiting() {
        return new Waiting(id(), actor(), steps.size() == 1);
    }

    JobFacts facts() {
        return new JobFacts(id(), type, Optional.ofNullable(siteId), ownerId, targetName, actor(), input());
    }

    JsonObject input() {
        return Json.object(input);
    }

    Lease lease() {
        return new Lease(id(), epoch, token);
    }

    Optional<Problem> problem() {
        return Optional.ofNullable(problemCode)
                .map(code -> Problem.of(code, Json.texts(problemArgs).toArray()));
    }

    List<JobStep> steps() {
        return steps;
    }

    JobStep step(int position) {
        return steps.get(position - 1);
    }

    /** 0 while it is not stored. */
    long id() {
        return id == null ? 0 : id;
    }

    String type() {
        return type;
    }

    Optional<Long> siteId() {
        return Optional.ofNullable(siteId);
    }

    String targetName() {
        return targetName;
    }

    long ownerId() {
        return ownerId;
    }

    JobState state() {
        return state;
    }

    boolean isCancelRequested() {
        return cancelRequested;
    }

    Instant createdAt() {
        return createdAt;
    }

    Optional<Instant> startedAt() {
        return Optional.ofNullable(startedAt);
    }

    Optional<Instant> finishedAt() {
        return Optional.ofNullable(finishedAt);
    }

    int revision() {
        return revision;
    }
}
