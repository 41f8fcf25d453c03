package org.berth.certificates;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.berth.jobs.Json;
import org.berth.platform.Conflict;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;
import org.berth.security.SecretBox;

/** An authority as it is stored, with the account that Berth has there. */
@Entity
@Table(name = "acme_directory")
class AcmeDirectory {

    /** After trouble; the first is over soon, mostly. */
    private static final List<Duration> RESTS =
            List.of(Duration.ofMinutes(5), Duration.ofMinutes(10), Duration.ofMinutes(20), Duration.ofMinutes(40));

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    private String name;
    private String url;
    private String roots;
    private String email;

    @Column(name = "email_told")
    private boolean emailTold;

    private String profile;

    @Column(name = "terms_agreed_at")
    private Instant termsAgreedAt;

    @Column(name = "external_key_id")
    private String externalKeyId;

    @Column(name = "external_key")
    private String externalKey;

    @Column(name = "account_key")
    private String accountKey;

    @Column(name = "account_url")
    private String accountUrl;

    @Column(name = "is_default")
    private boolean usual;

    private boolean automatic;

    /** Until then the clock asks it for nothing. */
    @Column(name = "rests_until")
    private Instant restsUntil;

    /** Times in a row that it had trouble with everybody. */
    private int outages;

    @Column(name = "problem_code")
    private String problemCode;

    @Column(name = "problem_args")
    private String problemArgs;

    @Version
    private int version;

    protected AcmeDirectory() {}

    AcmeDirectory(DirectoryDraft draft, SecretBox box, Instant now) {
        url = draft.url();
        automatic = true;
        change(draft, box, now);
    }

    /**
     * Takes over what an administrator wants; another directory has another account.
     *
     * @return whether it has one now
     */
    boolean change(DirectoryDraft draft, SecretBox box, Instant now) {
        var moved = !draft.url().equals(url);
        if (moved) {
            accountUrl = null;
            accountKey = null;
        }
        answered();
        name = draft.name();
        url = draft.url();
        roots = draft.roots().orElse(null);
        automatic = draft.automatic().orElse(automatic);
        emailTold = emailTold && Objects.equals(email, draft.email().orElse(null));
        email = draft.email().orElse(null);
        profile = draft.profile().orElse(null);
        bind(draft, box);
        if (!draft.termsAgreed()) {
            termsAgreedAt = null;
        } else if (termsAgreedAt == null) {
            termsAgreedAt = now;
        }
        if (accountKey == null) {
            accountKey = box.seal(AccountKey.text(AccountKey.make()));
        }
        return moved;
    }

    private void bind(DirectoryDraft draft, SecretBox box) {
        var wanted = draft.externalKeyId().orElse(null);
        if (draft.externalKey().isPresent() && wanted != null) {
            externalKey = box.seal(draft.externalKey().get());
        } else if (wanted == null) {
            externalKey = null;
        } else if (!wanted.equals(externalKeyId)) {
            throw new InvalidInput(Problem.of("authority-external-key").at("externalKey"));
        }
        externalKeyId = wanted;
    }

    void becomesUsual() {
        usual = true;
    }

    /**
     * It knows the account, and where it may write to.
     *
     * @param told the address; meanwhile another one may be stored
     */
    void registered(String account, String told) {
        accountUrl = account;
        emailTold = told.equals(email());
    }

    /** It says that there is no such account; the next one has the same key. */
    void forgetAccount() {
        accountUrl = null;
    }

    /**
     * It had trouble that is not one site's: the clock waits for longer each time, and for as long as it was told to. After
     * a day one site finds out all the same whether that is over: nobody's proxy stops all renewals for a week.
     */
    void rests(Instant now, Optional<Instant> told) {
        outages++;
        var soonest = now.plus(RESTS.get(Math.min(outages, RESTS.size()) - 1));
        var latest = now.plus(SiteCertificate.LONGEST_WAIT);
        restsUntil = told.filter(soonest::isBefore)
                .map(then -> then.isBefore(latest) ? then : latest)
                .orElse(soonest);
    }

    /** Whoever wants another account there has it with another key, since a closed one keeps its own (RFC 8555, 7.3.6). */
    void renewAccount(SecretBox box) {
        answered();
        accountUrl = null;
        accountKey = box.seal(AccountKey.text(AccountKey.make()));
    }

    /** It takes no order of this account until somebody has seen to that; once a day the clock looks whether somebody has. */
    void stopped(Problem why, Instant now) {
        outages++;
        restsUntil = now.plus(SiteCertificate.LONGEST_WAIT);
        problemCode = why.code();
        problemArgs = Json.args(why);
    }

    /** It does what it shall, or somebody has seen to it. */
    void answered() {
        outages = 0;
        restsUntil = null;
        problemCode = null;
        problemArgs = null;
    }

    /** Whether it had trouble when it was asked last. */
    boolean isTroubled() {
        return outages > 0;
    }

    /** Whether the clock asks it for nothing now. What lies further ahead than a day was written by a clock that was wrong. */
    boolean isResting(Instant now) {
        return restsUntil != null
                && restsUntil.isAfter(now)
                && !restsUntil.isAfter(now.plus(SiteCertificate.LONGEST_WAIT));
    }

    /** Why it takes no order of this account. */
    Optional<Problem> problem() {
        return Optional.ofNullable(problemCode)
                .map(code -> Problem.of(code, Json.texts(problemArgs).toArray()));
    }

    /**
     * Whether it is one of those whose limits are published. One of one's own, which is reached by roots of its own, says
     * itself when it is asked too often.
     */
    boolean isPublic() {
        return roots == null;
    }

    /** Whether orders may be made there. */
    boolean isReady() {
        return termsAgreedAt != null && accountKey != null;
    }

    /** Whether sites for which nobody has chosen anything get one from it by themselves. */
    boolean servesAll() {
        return usual && automatic && isReady();
    }

    /**
     * Where and as whom it is asked.
     *
     * @throws Conflict when somebody has changed the rows, so that nobody could have stored it
     */
    AcmeAccess access(SecretBox box) {
        requireSound();
        return new AcmeAccess(
                URI.create(url),
                Optional.ofNullable(roots),
                AccountKey.of(box.open(accountKey)),
                Optional.ofNullable(accountUrl));
    }

    /** For questions that need no account. */
    AcmeAccess address() {
        requireSound();
        return new AcmeAccess(URI.create(url), Optional.ofNullable(roots), AccountKey.make(), Optional.empty());
    }

    private void requireSound() {
        try {
            new DirectoryDraft(
                    name,
                    url,
                    Optional.ofNullable(email),
                    profile(),
                    Optional.ofNullable(roots),
                    isReady(),
                    Optional.of(automatic),
                    Optional.ofNullable(externalKeyId),
                    Optional.empty());
        } catch (InvalidInput changed) {
            throw new Conflict(Problem.of("authority-damaged", id, name));
        }
    }

    Optional<ExternalAccount> externalAccount(SecretBox box) {
        return Optional.ofNullable(externalKeyId).map(keyId -> new ExternalAccount(keyId, box.open(externalKey)));
    }

    long id() {
        return id;
    }

    String name() {
        return name;
    }

    /** Whether its account has the e-mail address that is stored. */
    boolean isEmailTold() {
        return emailTold;
    }

    String email() {
        return email == null ? "" : email;
    }

    /** What kind of certificate is ordered there; empty for the authority's usual one. */
    Optional<String> profile() {
        return Optional.ofNullable(profile);
    }

    boolean isUsual() {
        return usual;
    }

    DirectoryView view() {
        return new DirectoryView(
                id,
                name,
                url,
                Optional.ofNullable(email),
                profile(),
                Optional.ofNullable(roots),
                Optional.ofNullable(termsAgreedAt),
                Optional.ofNullable(externalKeyId),
                Optional.ofNullable(accountUrl),
                isReady(),
                usual,
                automatic,
                problem());
    }
}
