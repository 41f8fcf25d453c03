package org.berth.mail;

import java.util.Optional;
import java.util.Set;
import org.berth.certificates.CertificateRow;
import org.berth.platform.Problem;

/**
 * Something that is wrong now and that people are told.
 *
 * @param subject what it is about: the same as long as it is the same alarm, whatever figures its words hold
 * @param problem the words
 * @param cause what else is known of the reason
 * @param owner login of the owner whose site it is about; empty for what concerns administrators alone
 */
record Alarm(String subject, AlarmKind kind, Problem problem, Optional<Problem> cause, Optional<String> owner) {

    private static final int LONGEST_SUBJECT = 200;

    /** Reasons of the panel's health that stand once for each thing, which their first argument names. */
    private static final Set<String> BY_THING =
            Set.of("health-disk", "health-files", "health-service-down", "health-authority");

    /**
     * Reasons that are no alarms: each certificate is one of its own, an upgrade is wished for, and neither of mail that
     * does not go out nor without the database could a mail tell.
     */
    private static final Set<String> NOT_TOLD =
            Set.of("health-certificates", "health-drained", "health-database", MailHealth.CODE);

    Alarm {
        subject = subject.length() > LONGEST_SUBJECT ? subject.substring(0, LONGEST_SUBJECT) : subject;
    }

    /** What a reason of the panel's health means, if it is an alarm. */
    static Optional<Alarm> ofHealth(Problem reason) {
        if (NOT_TOLD.contains(reason.code())) {
            return Optional.empty();
        }
        var thing = BY_THING.contains(reason.code()) ? ":" + reason.args().get(0) : "";
        return Optional.of(new Alarm(
                reason.code() + thing, AlarmKind.ofHealth(reason.code()), reason, Optional.empty(), Optional.empty()));
    }

    /** What is wrong with a certificate, if somebody should look at it. */
    static Optional<Alarm> ofCertificate(CertificateRow row) {
        return row.concern()
                .map(concern -> new Alarm(
                        "certificate:" + row.siteId(),
                        AlarmKind.CERTIFICATES,
                        concern,
                        row.problem(),
                        row.ownerLogin()));
    }
}
