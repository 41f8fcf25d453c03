package org.berth.certificates;

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
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.berth.jobs.Json;
import org.berth.platform.Conflict;
import org.berth.platform.Problem;

/** A certificate of a site, or of the panel itself as number 0, as it is stored. */
@Entity
@Table(name = "certificate")
class Certificate {

    private static final Duration A_DAY = Duration.ofDays(1);

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @Column(name = "site_id")
    private long siteId;

    private int number;

    @Column(name = "directory_id")
    private Long directoryId;

    @Enumerated(EnumType.STRING)
    private CertificateState state;

    @Column(name = "served_site_id")
    private Long servedSiteId;

    private String names;

    @Column(name = "key_type")
    @Enumerated(EnumType.STRING)
    private KeyType keyType;

    private String issuer;
    private String serial;

    @Column(name = "not_before")
    private Instant notBefore;

    @Column(name = "not_after")
    private Instant notAfter;

    @Column(name = "alarm_at")
    private Instant alarmAt;

    private String fingerprint;
    private String chain;

    @Column(name = "sealed_key")
    private String sealedKey;

    /** For searches only. */
    @Column(name = "has_key", insertable = false, updatable = false)
    private Boolean keyed;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "served_at")
    private Instant servedAt;

    @Column(name = "ended_at")
    private Instant endedAt;

    @Version
    private int version;

    protected Certificate() {}

    Certificate(SiteCertificate wish, int number, List<String> names, Instant now) {
        siteId = wish.siteId();
        this.number = number;
        directoryId = wish.directoryId().orElseThrow();
        keyType = wish.keyType();
        this.names = Json.texts(names);
        state = CertificateState.REQUESTED;
        createdAt = now;
    }

    /**
     * One that somebody has brought.
     *
     * @param sealedKey its key, for as long as the host does not have it
     */
    Certificate(long siteId, int number, BroughtCertificate brought, Optional<String> sealedKey, Instant now) {
        this.siteId = siteId;
        this.number = number;
        keyType = brought.keyType();
        names = Json.texts(brought.certificate().names());
        this.sealedKey = sealedKey.orElse(null);
        createdAt = now;
        issued(brought.certificate());
    }

    /** Whether an attempt to get what is wished for now can go on with this one. */
    boolean serves(SiteCertificate wish, List<String> wanted, Instant now) {
        var same = isFrom(wish) && keyType == wish.keyType() && names().equals(wanted);
        return same && (endedAt == null && state.isUnissued() && chain == null || isInstallable(now));
    }

    /** Whether it is issued, and visitors can get it for long enough. */
    boolean isInstallable(Instant now) {
        return endedAt == null && state == CertificateState.ISSUED && renewAt().isAfter(now);
    }

    /** There is nothing more to do with what was brought; its key is forgotten, and unless it is served it never will be. */
    void broughtOver() {
        sealedKey = null;
        uninstallable();
    }

    /** The host never will serve it, whatever is tried; the next attempt gets another one. */
    void uninstallable() {
        if (state == CertificateState.ISSUED) {
            state = CertificateState.FAILED;
        }
    }

    /** It was issued, and nobody is to get it. */
    void tried(Instant now) {
        state = CertificateState.TRIED;
        endedAt = now;
    }

    /** The host has something else under its number, such as after the panel's rows were restored from an older state. */
    void spent(Instant now) {
        endedAt = now;
    }

    /** The authority has issued it. */
    void issued(IssuedCertificate made) {
        state = CertificateState.ISSUED;
        issuer = made.issuer();
        serial = made.serial();
        notBefore = made.notBefore();
        notAfter = made.notAfter();
        alarmAt = RenewalTime.alarm(notBefore, notAfter);
        fingerprint = made.fingerprint();
        chain = made.pem();
    }

    /** The host has proven that visitors get it. */
    void served(Instant now) {
        state = CertificateState.SERVED;
        servedSiteId = siteId;
        servedAt = now;
        endedAt = null;
    }

    /** Visitors get another one, or one that the site signed itself. */
    void replaced(Instant now) {
        if (!isRevoked()) {
            state = CertificateState.REPLACED;
            endedAt = now;
        }
        servedSiteId = null;
    }

    /** The host has it no more, so visitors get another one, and never this one again. */
    void lost(Instant now) {
        if (!isRevoked()) {
            state = CertificateState.FAILED;
            endedAt = now;
        }
        servedSiteId = null;
    }

    /** The authority has declared it void. Visitors may get it all the same, until there is another one. */
    void revoked(Instant now) {
        state = CertificateState.REVOKED;
        endedAt = now;
        alarmAt = now;
    }

    boolean isRevoked() {
        return state == CertificateState.REVOKED;
    }

    boolean isServed() {
        return servedSiteId != null;
    }

    /** Whether the authority can still declare it void. */
    boolean isRevocable(Instant now) {
        return view().isRevocable(now);
    }

    /** Whether visitors got it until another one took its place, and could get it again for long enough to get the next. */
    boolean isReturnable(Instant now) {
        return state == CertificateState.REPLACED
                && notAfter()
                        .map(end -> end.minus(leastLeft()))
                        .filter(now::isBefore)
                        .isPresent();
    }

    /** A day, or a sixth of the life of one that does not live for long. */
    private Duration leastLeft() {
        return Optional.ofNullable(notBefore)
                .map(begin -> Duration.between(begin, notAfter).dividedBy(6))
                .filter(sixth -> sixth.compareTo(A_DAY) < 0)
                .orElse(A_DAY);
    }

    Optional<Instant> servedAt() {
        return Optional.ofNullable(servedAt);
    }

    Instant endedAt() {
        return endedAt;
    }

    void requested() {
        if (state == CertificateState.FAILED) {
            state = CertificateState.REQUESTED;
        }
    }

    void failed() {
        if (state == CertificateState.REQUESTED) {
            state = CertificateState.FAILED;
        }
    }

    /** Whether somebody brought it, so that no authority can be asked for the next one. */
    boolean isUploaded() {
        return directoryId == null;
    }

    Instant renewAt() {
        return renewAt(Optional.empty());
    }

    Instant renewAt(Optional<RenewalWindow> wanted) {
        return RenewalTime.of(notBefore, notAfter, fingerprint, wanted);
    }

    long id() {
        return id;
    }

    /** The authority, unless it was uploaded. */
    Optional<Long> authority() {
        return Optional.ofNullable(directoryId);
    }

    /** The authority; only of one that was not uploaded. */
    long directoryId() {
        return Optional.ofNullable(directoryId).orElseThrow();
    }

    int number() {
        return number;
    }

    /** Whether the authority that is asked now issued it. */
    boolean isFrom(SiteCertificate wish) {
        return wish.directoryId().filter(this::isOf).isPresent();
    }

    /** Whether this authority issued it. */
    boolean isOf(long directory) {
        return directoryId != null && directoryId == directory;
    }

    /** Whether an authority would say that this one takes the place of the other: RFC 9773, 5. */
    boolean follows(Certificate other) {
        return directoryId != null
                && directoryId.equals(other.directoryId)
                && !Collections.disjoint(names(), other.names());
    }

    boolean isIssued() {
        return state == CertificateState.ISSUED;
    }

    List<String> names() {
        return Json.texts(names);
    }

    KeyType keyType() {
        return keyType;
    }

    /**
     * What the authority has issued.
     *
     * @throws Conflict when somebody has changed the rows, so that it is no certificate
     */
    IssuedCertificate issued() {
        try {
            return IssuedCertificate.ofPem(chain);
        } catch (IllegalArgumentException changed) {
            throw new Conflict(Problem.of("certificate-damaged", number, siteId));
        }
    }

    /** What the authority has issued, unless somebody has changed the rows so that it is no certificate. */
    Optional<IssuedCertificate> sound() {
        try {
            return Optional.of(issued());
        } catch (Conflict changed) {
            return Optional.empty();
        }
    }

    /** Whether nobody has changed the rows so that it is no certificate. */
    boolean isSound() {
        return sound().isPresent();
    }

    Optional<String> sealedKey() {
        return Optional.ofNullable(sealedKey);
    }

    Optional<String> chain() {
        return Optional.ofNullable(chain);
    }

    Optional<Instant> notAfter() {
        return Optional.ofNullable(notAfter);
    }

    /** When it expires, or since when it is void. */
    Optional<Instant> goodUntil() {
        return Optional.ofNullable(isRevoked() ? endedAt : notAfter);
    }

    Optional<Instant> alarmAt() {
        return Optional.ofNullable(alarmAt);
    }

    CertificateView view() {
        return new CertificateView(
                number,
                state,
                isUploaded(),
                names(),
                keyType,
                Optional.ofNullable(issuer),
                Optional.ofNullable(serial),
                Optional.ofNullable(notBefore),
                Optional.ofNullable(notAfter),
                Optional.ofNullable(alarmAt),
                Optional.ofNullable(fingerprint),
                createdAt,
                Optional.ofNullable(servedAt),
                Optional.ofNullable(endedAt));
    }
}
