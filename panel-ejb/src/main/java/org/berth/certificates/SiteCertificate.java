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
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.berth.jobs.Json;
import org.berth.platform.Problem;

/** What a site shall have, as it is stored: from whom, for which names, and when the clock sees to it again. */
@Entity
@Table(name = "site_certificate")
class SiteCertificate {

    /** From so many failures in a row on people are told. */
    static final int ALARMING = 2;

    /**
     * Nobody waits longer for the next attempt, unless an authority says so, nor before an authority is asked again when it
     * wants renewals (RFC 9773, 4.3.2): what lies further ahead was written by a clock that was wrong.
     */
    static final Duration LONGEST_WAIT = Duration.ofDays(1);

    /** In which a person who has cancelled an attempt can ask for another one, before the clock does. */
    private static final Duration AFTER_CANCEL = Duration.ofMinutes(15);

    /** An authority's own word counts for longer: its limits of the same names are over in a day and a half. */
    static final Duration LONGEST_REFUSAL = Duration.ofDays(7);

    /** What cannot succeed as things stand is tried all the same after so long: nobody tells Berth when things change. */
    static final Duration LASTING_WAIT = Duration.ofDays(7);

    /** Why a first certificate that comes by itself has not come yet, where nobody has to see to that. */
    static final List<String> QUIET = List.of(UnprovableNames.ELSEWHERE, AcmeErrors.NAME_REFUSED, "acme-budget");

    /** Of what is left of the life: so long may somebody's wish put off the next attempt. */
    private static final int SHARE_OF_LIFE = 2;

    @Id
    @Column(name = "site_id")
    private long siteId;

    @Column(name = "directory_id")
    private Long directoryId;

    /** Nobody has chosen anything, and there is none yet. */
    private boolean automatic;

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

    private String uncovered;
    private String blamed;

    @Column(name = "due_at")
    private Instant dueAt;

    @Column(name = "ask_at")
    private Instant askAt;

    @Column(name = "told_at")
    private Instant toldAt;

    /** Since when the attempt that is due could not begin, and not because it failed. */
    @Column(name = "put_off_at")
    private Instant putOffAt;

    private int failures;

    /** The last attempt cannot succeed until something else is changed. */
    private boolean lasting;

    /** The newest change of the site's names that was looked at. */
    @Column(name = "looked_job")
    private Long lookedJob;

    /** The newest attempt whose end is counted: one before it may be taken back much later. */
    @Column(name = "last_job")
    private Long lastJob;

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
        uncovered = Json.texts(List.of());
        blamed = Json.texts(List.of());
    }

    /** One that is got by itself as soon as the site's names lead here. */
    static SiteCertificate automatic(long siteId, long directory, Instant now) {
        var wish = new SiteCertificate(siteId);
        wish.awaited(directory, now);
        return wish;
    }

    /**
     * Somebody, or the clock, tries to get one now. An attempt that never says how it ended is repeated.
     *
     * @param byClock whether nobody has asked for it
     * @param expiry when what is served now expires, if anything is
     */
    void attempted(CertificateChoice choice, boolean byClock, Optional<Instant> expiry, Instant now) {
        automatic = automatic && byClock;
        if (!choice.dnsAccess().equals(dnsAccess()) || !directoryId().equals(Optional.of(choice.directory()))) {
            // Of another proof or authority nothing is known.
            blamed = Json.texts(List.of());
        }
        directoryId = choice.directory();
        keyType = choice.keyType();
        leftOut = Json.texts(choice.leftOut());
        challenge = choice.dnsAccess().isPresent() ? ChallengeKind.DNS_01 : ChallengeKind.HTTP_01;
        dnsAccess = choice.dnsAccess().orElse(null);
        wildcards = Json.texts(choice.wildcards());
        dueAt = rested(expiry, now);
    }

    /**
     * Visitors get this one. What was uploaded is not renewed before somebody wishes for one of an authority.
     *
     * @param job that installed it
     * @param names every name of the site
     */
    void served(Certificate certificate, long job, List<String> names, Instant now) {
        succeeded();
        lastJob = job;
        if (automatic && !certificate.isUploaded()) {
            // The default may have become another one meanwhile; this certificate's authority knows it.
            directoryId = certificate.directoryId();
        }
        automatic = false;
        uncovered = Json.texts(missing(certificate, names));
        dueAt = certificate.isUploaded() ? null : certificate.renewAt();
        askAt = certificate.isUploaded() ? null : now;
        toldAt = null;
    }

    /** Whether another choice would ask the same authority for the same kind of key, and prove names the same way. */
    boolean isGotAs(CertificateChoice choice) {
        return directoryId().equals(Optional.of(choice.directory()))
                && keyType == choice.keyType()
                && dnsAccess().equals(choice.dnsAccess());
    }

    /** What a certificate is not for although it should be, and although nobody left it out. */
    private List<String> missing(Certificate certificate, List<String> names) {
        var wished = Stream.concat(names.stream(), certificate.isUploaded() ? Stream.empty() : wildcards().stream())
                .filter(name -> !leftOut().contains(name))
                .sorted()
                .toList();
        return IssuedCertificate.uncovered(certificate.names(), wished);
    }

    /**
     * Visitors get what another program on the host had got for the site. When its time comes, the clock gets the next one
     * if there is an authority to ask.
     *
     * @param usual the authority for sites for which nobody has chosen anything
     */
    void takenOver(Certificate certificate, Optional<Long> usual) {
        directoryId = directoryId == null ? usual.orElse(null) : directoryId;
        dueAt = directoryId == null ? null : certificate.renewAt();
    }

    /**
     * An attempt failed.
     *
     * @param expiry when what is served now expires, if anything is
     */
    void failed(long job, Problem problem, Optional<AcmeFailure> authority, Optional<Instant> expiry, Instant now) {
        if (lastJob != null && lastJob > job) {
            return;
        }
        if (authority
                .filter(failure -> failure.kind() == AcmeFailure.Kind.POSTPONED)
                .isPresent()) {
            putOff(problem, authority.flatMap(AcmeFailure::notBefore).orElseThrow(), now);
            lastJob = job;
            return;
        }
        blame(problem);
        putOffAt = null;
        if (lastJob == null || lastJob != job) {
            failures++;
            lastJob = job;
        }
        lasting = authority
                .filter(failure -> failure.kind() == AcmeFailure.Kind.LASTING)
                .isPresent();
        if (lasting) {
            dueAt = triedAllTheSame(expiry, now);
            return;
        }
        var wait = waited(expiry, now);
        dueAt = authority
                .flatMap(AcmeFailure::notBefore)
                .map(then -> earlier(then, triedAllTheSame(expiry, now)))
                .filter(wait::isBefore)
                .orElse(wait);
    }

    /**
     * A person's attempt did not begin: for people there is less room than for the clock, which sees to the site no later
     * for that than it was going to.
     *
     * @param until when people have room again
     * @param due when the clock was going to
     */
    void putOffForPeople(long job, Problem problem, Instant until, Instant due, Instant now) {
        if (lastJob != null && lastJob > job) {
            return;
        }
        blame(problem);
        lastJob = job;
        dueAt = earlier(due, earlier(until, now.plus(LONGEST_WAIT)));
    }

    /** An attempt by another choice than what is stored failed: the clock goes on as if it had not been made. */
    void trialFailed(long job, Problem problem) {
        if (!isCounted(job)) {
            blame(problem);
            lastJob = job;
        }
    }

    /**
     * An attempt did not even begin, because something forbids it that does not go away by itself.
     *
     * @param expiry when what is served now expires, if anything is
     */
    void refused(Problem problem, Optional<Instant> expiry, Instant now) {
        blame(problem);
        putOffAt = null;
        lasting = false;
        failures++;
        dueAt = waited(expiry, now);
    }

    /** An attempt could not begin, and nobody has to do anything about it unless that lasts. */
    void putOff(Problem problem, Instant until, Instant now) {
        blame(problem);
        putOffAt = putOffAt == null ? now : putOffAt;
        dueAt = earlier(until, now.plus(LONGEST_WAIT));
    }

    /** The authority has said, or not, when it wants the certificate that is served renewed. */
    void told(Certificate certificate, Optional<RenewalWindow> window, Instant now) {
        askAt = window.map(said -> earlier(said.askAgain(), now.plus(LONGEST_WAIT)))
                .orElse(null);
        toldAt = window.map(said -> now).orElse(null);
        // What is due already, as for a new name, stays so.
        var isDue = dueAt != null && !dueAt.isAfter(now);
        if (failures == 0 && putOffAt == null && !certificate.isRevoked() && !isDue) {
            dueAt = certificate.renewAt(window);
        }
    }

    /** Without these names the last attempt might have succeeded. */
    void blamed(List<String> names) {
        blamed = Json.texts(names);
    }

    /**
     * The site may have other names since the last attempt, or since what is served was: what failed may succeed now, and
     * a new name does not wait for the next renewal. Whatever its names, an authority that wants to be left in peace is.
     *
     * @param served what visitors get
     * @param names every name of the site
     * @param job that changed them
     */
    void renamed(Optional<Certificate> served, List<String> names, long job, Instant now) {
        var before = uncovered();
        // Of one that the host has lost the names stay uncovered.
        var missing = served.map(some -> missing(some, names)).orElse(before);
        var orderable = served.filter(some -> some.isFrom(this)).isPresent();
        uncovered = Json.texts(missing);
        lookedJob = job;
        var worthIt = failures > 0 || orderable && !missing.isEmpty() && !missing.equals(before);
        // What nobody wants renewed no name brings back.
        if (dueAt != null && worthIt && !isTimed()) {
            dueAt = now;
        }
    }

    /** Whether the authority may have said when it is to be asked again. */
    private boolean isTimed() {
        return failures > 0 && dueAt != null && problemCode != null && AcmeErrors.TIMED.contains(problemCode);
    }

    /**
     * Somebody went back to the certificate of before: its authority, which wanted it renewed, is not asked again, and the
     * next one is not ordered at once. Nor does that leave out a name that this one is for.
     *
     * @param authority that issued it, which the clock asks for the next one, too
     * @param names that it is for
     * @param expiry when it expires
     */
    void returned(Optional<Long> authority, List<String> names, Optional<Instant> expiry, Instant now) {
        directoryId = authority.orElse(directoryId);
        askAt = null;
        leftOut = Json.texts(IssuedCertificate.uncovered(names, leftOut()));
        var soonest = rested(expiry, now);
        if (dueAt != null && dueAt.isBefore(soonest)) {
            dueAt = soonest;
        }
    }

    /**
     * Visitors do not get any more what was served, since the host has lost it. If an authority is known, the clock orders the
     * next one now.
     *
     * @param without names that what they get instead is not for
     */
    void lost(List<String> without, Problem why, Instant now) {
        uncovered = Json.texts(without);
        blame(why);
        dueAt = directoryId == null ? null : now;
        askAt = null;
    }

    /**
     * A person who cancels an attempt does not want the next one at once. What the clock was going to do anyway it does.
     *
     * @param due when it was going to
     */
    void cancelled(Optional<Instant> due, Optional<Instant> expiry, Instant now) {
        var soonest = now.plus(AFTER_CANCEL);
        dueAt = due.map(then -> then.isBefore(soonest) ? soonest : then).orElse(rested(expiry, now));
    }

    /** It is got by itself, as if nobody had chosen anything. */
    void awaited(long directory, Instant now) {
        succeeded();
        uncovered = Json.texts(List.of());
        automatic = true;
        directoryId = directory;
        dueAt = now;
    }

    /** Nobody wants one for now: that is remembered, so none comes by itself either. */
    void rested() {
        givenUp();
        uncovered = Json.texts(List.of());
        if (automatic) {
            automatic = false;
            directoryId = null;
        }
    }

    /** What was wished for is not tried any more: visitors keep what somebody has brought. */
    void givenUp() {
        succeeded();
        dueAt = null;
        askAt = null;
    }

    private void succeeded() {
        failures = 0;
        lasting = false;
        putOffAt = null;
        blamed = Json.texts(List.of());
        blame(null);
    }

    /** A day, but never beyond the half of what is left. */
    private static Instant rested(Optional<Instant> expiry, Instant now) {
        var longest = now.plus(LONGEST_WAIT);
        return expiry.filter(now::isBefore)
                .map(then -> earlier(now.plus(Duration.between(now, then).dividedBy(SHARE_OF_LIFE)), longest))
                .orElse(longest);
    }

    /** A week, but no more than half of what is left unless that is less than a day. */
    private static Instant triedAllTheSame(Optional<Instant> expiry, Instant now) {
        return expiry.map(then -> now.plus(Duration.between(now, then).dividedBy(SHARE_OF_LIFE)))
                .map(half -> earlier(half, now.plus(LASTING_WAIT)))
                .filter(now.plus(LONGEST_WAIT)::isBefore)
                .orElse(now.plus(expiry.isPresent() ? LONGEST_WAIT : LASTING_WAIT));
    }

    private Instant waited(Optional<Instant> expiry, Instant now) {
        var place = new SplittableRandom(31 * siteId + failures).nextDouble();
        return now.plus(BackOff.after(failures, expiry.map(then -> Duration.between(now, then)), place));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    void attemptedAgainAt(Instant then) {
        dueAt = then;
    }

    /** When its turn comes by itself, whatever it was put off for before. */
    void renewedAt(Instant then) {
        dueAt = then;
        putOffAt = null;
    }

    void askedAgainAt(Instant then) {
        askAt = then;
    }

    /** Whether an attempt's end is counted, or a newer one's is. */
    boolean isCounted(long job) {
        return lastJob != null && lastJob >= job;
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

    /** Whether nobody has chosen anything, and there is none yet. */
    boolean isAutomatic() {
        return automatic;
    }

    /**
     * Whether one comes by itself as soon as the names lead here, or when it has its turn, or never, since no authority
     * certifies such names: nobody has to see to that.
     */
    boolean isAwaited() {
        return automatic && (problemCode == null || QUIET.contains(problemCode));
    }

    /** Whether the last attempt cannot succeed until something else is changed. */
    boolean isLasting() {
        return lasting;
    }

    /** Whether the clock sees to the first one, as long as there is none. */
    boolean isComing() {
        return automatic || dueAt != null;
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

    /** Names of the site that what is served is not for, although nobody left them out. */
    List<String> uncovered() {
        return Json.texts(uncovered);
    }

    /** Names without which the last attempt might have succeeded. */
    List<String> blamed() {
        return Json.texts(blamed);
    }

    /** The way by which records are written, with {@link ChallengeKind#DNS_01}. */
    Optional<Long> dnsAccess() {
        return Optional.ofNullable(dnsAccess);
    }

    /** Names with a star that are asked for beside those of the site. */
    List<String> wildcards() {
        return Json.texts(wildcards);
    }

    /** Since when the attempt that is due could not begin, and not because it failed. */
    Optional<Instant> putOffAt() {
        return Optional.ofNullable(putOffAt);
    }

    /** When the authority said last when it wants what is served renewed. */
    Optional<Instant> toldAt() {
        return Optional.ofNullable(toldAt);
    }

    Optional<Instant> dueAt() {
        return Optional.ofNullable(dueAt);
    }

    int failures() {
        return failures;
    }
}
