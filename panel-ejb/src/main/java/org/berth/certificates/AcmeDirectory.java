package org.berth.certificates;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;
import org.berth.security.SecretBox;

/** An authority as it is stored, with the account that Berth has there. */
@Entity
@Table(name = "acme_directory")
class AcmeDirectory {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    private String name;
    private String url;
    private String roots;
    private String email;
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

    @Version
    private int version;

    protected AcmeDirectory() {}

    AcmeDirectory(DirectoryDraft draft, SecretBox box, Instant now) {
        url = draft.url();
        change(draft, box, now);
    }

    /** Takes over what an administrator wants; another directory has another account. */
    void change(DirectoryDraft draft, SecretBox box, Instant now) {
        if (!draft.url().equals(url)) {
            accountUrl = null;
            accountKey = null;
        }
        name = draft.name();
        url = draft.url();
        roots = draft.roots().orElse(null);
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

    void registered(String account) {
        accountUrl = account;
    }

    /** Whether orders may be made there. */
    boolean isReady() {
        return termsAgreedAt != null && accountKey != null;
    }

    AcmeAccess access(SecretBox box) {
        return new AcmeAccess(
                URI.create(url),
                Optional.ofNullable(roots),
                AccountKey.of(box.open(accountKey)),
                Optional.ofNullable(accountUrl));
    }

    /** For questions that need no account. */
    AcmeAccess address() {
        return new AcmeAccess(URI.create(url), Optional.ofNullable(roots), AccountKey.make(), Optional.empty());
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
                usual);
    }
}
