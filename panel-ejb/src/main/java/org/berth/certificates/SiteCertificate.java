package org.berth.certificates;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.berth.jobs.Json;
import org.berth.platform.Problem;

/** What a site shall have, as it is stored: from whom, for which names, and when the clock sees to it again. */
@Entity
@Table(name = "site_certificate")
class SiteCertificate {

    /** From so many failures in a row on people are told. */
    static final int ALARMING = 2;

    /** An attempt that never said how it ended, such as one that was cancelled, is repeated after this time. */
    private static final Duration UNHEARD_OF = Duration.ofDays(1);

    @Id
    @Column(name = "site_id")
    private long siteId;

    @Column(name = "directory_id")
    private Long directoryId;

    @Enumerated(EnumType.STRING)
    private ChallengeKind challenge;

    @Column(name = "dns_access_id")
    private Long dnsAccess;

    @Column(name = "key_type")
    @Enumerated(EnumType.STRING)
    private KeyType keyType;

    @Column(name = "left_out")
    private String leftOut;

    private String wildcards;

    @Column(name = "due_at")
    private Instant dueAt;

    @Column(name = "ask_at")
    private Instant askAt;

    private int failures;

    @Column(name = "failed_job")
    private Long failedJob;

    @Column(name = "problem_code")
    private String problemCode;

    @Column(name = "problem_args")
    private String problemArgs;

    @Version
    private int version;

    protected SiteCertificate() {}

    SiteCertificate(long siteId) {
        this.siteId = siteId;
        keyType = KeyType.EC_256;
        leftOut = Json.texts(List.of());
        challenge = ChallengeKind.HTTP_01;
        wildcards = Json.texts(List.of());
    }

    /** Somebody, or the clock, tries to get one now. */
    void attempted(CertificateChoice choice, Instant now) {
        directoryId = choice.directory();
        keyType = choice.keyType();
        leftOut = Json.texts(choice.leftOut());
        challenge = choice.dnsAccess().isPresent() ? ChallengeKind.DNS_01 : ChallengeKind.HTTP_01;
        dnsAccess = choice.dnsAccess().orElse(null);
        wildcards = Json.texts(choice.wildcards());
        dueAt = now.plus(UNHEARD_OF);
    }

    /** Visitors get this one. What was uploaded is not renewed before somebody wishes for one of an authority. */
    void served(Certificate certificate, Instant now) {
        failures = 0;
        failedJob = null;
        blame(null);
        dueAt = certificate.isUploaded() ? null : certificate.renewAt();
        askAt = certificate.isUploaded() ? null : now;
    }

    /**
     * An attempt failed.
     *
     * @param expiry when what is served now expires, if anything is
     */
    void failed(long job, Problem problem, Optional<AcmeFailure> authority, Optional<Instant> expiry, Instant now) {
        blame(problem);
        if (authority
                .filter(failure -> failure.kind() == AcmeFailure.Kind.POSTPONED)
                .isPresent()) {
            dueAt = authority.flatMap(AcmeFailure::notBefore).orElseThrow();
            failedJob = job;
            return;
        }
        if (failedJob == null || failedJob != job) {
            failures++;
            failedJob = job;
        }
        if (authority
                .filter(failure -> failure.kind() == AcmeFailure.Kind.LASTING)
                .isPresent()) {
            dueAt = null;
            return;
        }
        var left = expiry.map(then -> Duration.between(now, then)).orElse(Duration.ZERO);
        var then = now.plus(BackOff.after(failures, left));
        dueAt = authority.flatMap(AcmeFailure::notBefore).filter(then::isBefore).orElse(then);
    }

    /** The authority has said, or not, when it wants the certificate that is served renewed. */
    void told(Certificate certificate, Optional<RenewalWindow> window) {
        askAt = window.map(RenewalWindow::askAgain).orElse(null);
        if (failures == 0) {
            dueAt = certificate.renewAt(window);
        }
    }

    /** Somebody went back to the certificate of before: its authority, which wanted it renewed, is not asked again. */
    void returned(Instant notBefore) {
        askAt = null;
        if (dueAt != null && dueAt.isBefore(notBefore)) {
            dueAt = notBefore;
        }
    }

    /** Nobody wants one for now. */
    void rested() {
        failures = 0;
        failedJob = null;
        blame(null);
        dueAt = null;
        askAt = null;
    }

    void attemptedAgainAt(Instant then) {
        dueAt = then;
    }

    void askedAgainAt(Instant then) {
        askAt = then;
    }

    boolean hasFailed(long job) {
        return failedJob != null && failedJob == job;
    }

    private void blame(Problem problem) {
        problemCode = problem == null ? null : problem.code();
        problemArgs = problem == null ? null : Json.args(problem);
    }

    Optional<Problem> problem() {
        return Optional.ofNullable(problemCode)
                .map(code -> Problem.of(code, Json.texts(problemArgs).toArray()));
    }

    long siteId() {
        return siteId;
    }

    /** The authority that is asked; empty as long as only own certificates were brought. */
    Optional<Long> directoryId() {
        return Optional.ofNullable(directoryId);
    }

    KeyType keyType() {
        return keyType;
    }

    List<String> leftOut() {
        return Json.texts(leftOut);
    }

    ChallengeKind challenge() {
        return challenge;
    }

    /** The way by which records are written, with {@link ChallengeKind#DNS_01}. */
    Optional<Long> dnsAccess() {
        return Optional.ofNullable(dnsAccess);
    }

    /** Names with a star that are asked for beside those of the site. */
    List<String> wildcards() {
        return Json.texts(wildcards);
    }

    Optional<Instant> dueAt() {
        return Optional.ofNullable(dueAt);
    }

    int failures() {
        return failures;
    }
}
