package org.berth.sites;

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
import org.berth.platform.Conflict;
import org.berth.platform.DomainName;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;
import org.berth.security.Permission;

/** A site as it is stored: what is true on the host. */
@Entity
@Table(name = "site")
class Site {

    /** A deleted site can be brought back this long. */
    static final Duration GRACE = Duration.ofDays(30);

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    private String name;

    @Enumerated(EnumType.STRING)
    private SiteType type;

    @Enumerated(EnumType.STRING)
    private SiteState state;

    @Column(name = "owner_id")
    private long ownerId;

    @Column(name = "plan_id")
    private long planId;

    @Column(name = "php_version")
    private String phpVersion;

    @Enumerated(EnumType.STRING)
    private WwwChoice www;

    @Column(name = "force_https")
    private boolean forceHttps;

    @Enumerated(EnumType.STRING)
    private Hsts hsts;

    @Column(name = "hsts_told")
    private boolean hstsTold;

    private boolean http3;

    @Column(name = "http3_told")
    private boolean http3Told;

    @Column(name = "suspend_reason")
    private String suspendReason;

    @Column(name = "suspended_by_administrator")
    private boolean suspendedByAdministrator;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "deleted_at")
    private Instant deletedAt;

    @Column(name = "purge_at")
    private Instant purgeAt;

    @Version
    private int version;

    protected Site() {}

    Site(SiteNames names, SiteType type, long ownerId, long planId, Optional<PhpVersion> php, Instant now) {
        name = names.name().ascii();
        www = names.www();
        this.type = type;
        this.ownerId = ownerId;
        this.planId = planId;
        phpVersion = php.map(PhpVersion::toString).orElse(null);
        hsts = Hsts.OFF;
        state = SiteState.CREATING;
        createdAt = now;
    }

    /** Everything it needs is on the host. */
    void created() {
        state = state.to(SiteState.ACTIVE);
    }

    void suspended(String reason, boolean byAdministrator) {
        state = state.to(SiteState.SUSPENDED);
        suspendReason = reason;
        suspendedByAdministrator = byAdministrator;
    }

    void resumed() {
        state = state.to(SiteState.ACTIVE);
        suspendReason = null;
        suspendedByAdministrator = false;
    }

    void deleted(Instant now) {
        state = state.to(SiteState.DELETED);
        deletedAt = now;
        purgeAt = now.plus(GRACE);
    }

    /** The clock by which it was deleted was set. */
    void purgedLater(Duration by) {
        purgeAt = purgeAt.plus(by);
    }

    /** Back to what it was before it was deleted: a suspension outlasts deletion. */
    void restored() {
        state = state.to(stateOnceRestored());
        deletedAt = null;
        purgeAt = null;
    }

    void removing() {
        state = state.to(SiteState.REMOVING);
    }

    void removed() {
        state = state.to(SiteState.REMOVED);
    }

    void runs(PhpVersion version) {
        phpVersion = version.toString();
    }

    void answersTo(SiteNames names) {
        www = names.www();
    }

    void leadsToHttps(TlsSettings tls) {
        forceHttps = tls.forceHttps();
        hsts = tls.hsts();
        hstsTold = tls.hstsTold();
        http3 = tls.http3();
        http3Told = tls.http3Told();
    }

    SiteState stateOnceRestored() {
        return suspendReason == null ? SiteState.ACTIVE : SiteState.SUSPENDED;
    }

    Permission permission(String action) {
        return Permission.on("site", action, ownerId, id);
    }

    long id() {
        return id;
    }

    /** What is written down as its name, whatever that is. */
    String storedName() {
        return name;
    }

    DomainName name() {
        try {
            return new DomainName(name);
        } catch (InvalidInput none) {
            throw new Conflict(damaged());
        }
    }

    /** That its rows were changed by hand. */
    Problem damaged() {
        return Problem.of("site-damaged", name, id);
    }

    SiteType type() {
        return type;
    }

    SiteState state() {
        return state;
    }

    long ownerId() {
        return ownerId;
    }

    long planId() {
        return planId;
    }

    Optional<PhpVersion> phpVersion() {
        return Optional.ofNullable(phpVersion).map(PhpVersion::of);
    }

    WwwChoice www() {
        return www;
    }

    TlsSettings tls() {
        return new TlsSettings(forceHttps, hsts, hstsTold, http3, http3Told);
    }

    Optional<String> suspendReason() {
        return Optional.ofNullable(suspendReason);
    }

    boolean isSuspendedByAdministrator() {
        return suspendedByAdministrator;
    }

    Instant createdAt() {
        return createdAt;
    }

    Optional<Instant> deletedAt() {
        return Optional.ofNullable(deletedAt);
    }

    Optional<Instant> purgeAt() {
        return Optional.ofNullable(purgeAt);
    }
}
