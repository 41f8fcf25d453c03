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
import java.time.Instant;
import java.util.Optional;
import org.berth.jobs.Json;
import org.berth.platform.Problem;

/**
 * A mail as it is stored. Before each attempt the next one is written down, so that a crash in the middle is followed by
 * another attempt: never none, and twice only if the server had taken it just before.
 */
@Entity
@Table(name = "mail")
class Mail {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    private String recipient;
    private String language;
    private String subject;
    private String body;

    @Enumerated(EnumType.STRING)
    private MailState state = MailState.WAITING;

    private int attempts;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "next_at")
    private Instant nextAt;

    @Column(name = "ended_at")
    private Instant endedAt;

    @Column(name = "problem_code")
    private String problemCode;

    @Column(name = "problem_args")
    private String problemArgs;

    @Version
    private int version;

    protected Mail() {}

    Mail(Letter letter, Instant now) {
        recipient = letter.recipient();
        language = letter.language();
        subject = letter.subject();
        body = letter.body();
        again(now);
    }

    /** Is sent as soon as possible, and has all its time again. */
    final void again(Instant now) {
        state = MailState.WAITING;
        attempts = 0;
        createdAt = now;
        nextAt = now;
        endedAt = null;
    }

    /** Whether it is to be sent now. What waits for longer than it ever has to was written before the clock was set back. */
    boolean isDue(Instant now) {
        return state == MailState.WAITING && (!nextAt.isAfter(now) || nextAt.isAfter(now.plus(Retries.LONGEST)));
    }

    /** An attempt begins. */
    void attempted(Instant now) {
        attempts++;
        nextAt = now.plus(Retries.after(attempts));
    }

    void sent(Instant now) {
        state = MailState.SENT;
        nextAt = null;
        endedAt = now;
        problemCode = null;
        problemArgs = null;
    }

    /** An attempt failed; the mail goes on waiting unless that makes no sense. */
    void refused(MailFailure failure, Instant now) {
        problemCode = failure.problem().code();
        problemArgs = Json.args(failure.problem());
        if (failure.kind() == MailFailure.Kind.LASTING || Retries.isOver(createdAt, now)) {
            state = MailState.FAILED;
            nextAt = null;
            endedAt = now;
        }
    }

    MailState state() {
        return state;
    }

    /** By which a recipient's server can tell that it has got this one before. */
    String number() {
        return "berth-" + id + "-" + createdAt.getEpochSecond();
    }

    Letter letter() {
        return new Letter(recipient, language, subject, body);
    }

    MailView view() {
        return new MailView(
                id,
                recipient,
                subject,
                state,
                attempts,
                createdAt,
                Optional.ofNullable(nextAt),
                Optional.ofNullable(endedAt),
                Optional.ofNullable(problemCode)
                        .map(code -> Problem.of(code, Json.texts(problemArgs).toArray())));
    }
}
