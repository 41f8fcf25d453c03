package org.berth.mail;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.berth.jobs.Json;
import org.berth.platform.Problem;

/**
 * An alarm as it is stored, from when it is first seen until it is over and was told so. What comes and goes, such as a
 * service that is restarted, is not told at all; what flickers is one alarm.
 */
@Entity
@Table(name = "alarm")
class RaisedAlarm {

    /** Seen for so long it is no passing thing. */
    static final Duration SURE = Duration.ofMinutes(2);

    /** Not seen for so long it is over. */
    static final Duration QUIET = Duration.ofMinutes(10);

    /** As long as it lasts it is told again after this time. */
    static final Duration REMINDED = Duration.ofDays(1);

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    private String subject;

    @Column(name = "problem_code")
    private String problemCode;

    @Column(name = "problem_args")
    private String problemArgs;

    @Enumerated(EnumType.STRING)
    private AlarmKind kind;

    private String owner;

    @Column(name = "first_seen_at")
    private Instant firstSeenAt;

    @Column(name = "last_seen_at")
    private Instant lastSeenAt;

    @Column(name = "raised_at")
    private Instant raisedAt;

    @Column(name = "told_at")
    private Instant toldAt;

    @Version
    private int version;

    protected RaisedAlarm() {}

    RaisedAlarm(Alarm alarm, Instant now) {
        subject = alarm.subject();
        kind = alarm.kind();
        owner = alarm.owner().orElse(null);
        firstSeenAt = now;
        seen(alarm, now);
    }

    /** It is still there. */
    final void seen(Alarm alarm, Instant now) {
        problemCode = alarm.problem().code();
        problemArgs = Json.args(alarm.problem());
        lastSeenAt = now;
    }

    /** Whether it has to be raised now. */
    boolean isSure(Instant now) {
        return raisedAt == null && !isWithin(firstSeenAt, now, SURE);
    }

    void raised(Instant now) {
        raisedAt = now;
    }

    boolean isRaised() {
        return raisedAt != null;
    }

    /** Whether it is gone: at once if it was never raised. */
    boolean isOver(Instant now) {
        return raisedAt == null ? !lastSeenAt.equals(now) : !isWithin(lastSeenAt, now, QUIET);
    }

    boolean isUntold() {
        return toldAt == null;
    }

    /** Whether it was told within this time. */
    boolean wasToldWithin(Duration time, Instant now) {
        return toldAt != null && isWithin(toldAt, now, time);
    }

    void told(Instant now) {
        toldAt = now;
    }

    /** The clock may have been set back: what lies ahead counts like what is as long ago. */
    private static boolean isWithin(Instant then, Instant now, Duration time) {
        return Duration.between(then, now).abs().compareTo(time) < 0;
    }

    String subject() {
        return subject;
    }

    /** As it was seen last, without its cause. */
    Alarm alarm() {
        return new Alarm(
                subject,
                kind,
                Problem.of(problemCode, Json.texts(problemArgs).toArray()),
                Optional.empty(),
                Optional.ofNullable(owner));
    }
}
