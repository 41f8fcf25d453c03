package org.berth.web.certificates;

import java.util.Optional;
import org.berth.certificates.DirectoryDraft;
import org.berth.certificates.DirectoryView;

/** What an administrator types about an authority. */
public class AuthorityForm {

    private String name = "";
    private String url = "";
    private String email = "";
    private String profile = "";
    private String roots = "";
    private boolean termsAgreed;
    private boolean automatic = true;
    private String externalKeyId = "";
    private String externalKey = "";

    AuthorityForm() {}

    AuthorityForm(DirectoryView stored) {
        name = stored.name();
        url = stored.url();
        email = stored.email().orElse("");
        profile = stored.profile().orElse("");
        roots = stored.roots().orElse("");
        termsAgreed = stored.termsAgreedAt().isPresent();
        automatic = stored.automatic();
        externalKeyId = stored.externalKeyId().orElse("");
    }

    DirectoryDraft draft() {
        return new DirectoryDraft(
                name,
                url,
                Optional.of(email),
                Optional.of(profile),
                Optional.of(roots),
                termsAgreed,
                Optional.of(automatic),
                Optional.of(externalKeyId),
                Optional.of(externalKey));
    }

    /** Whether what is folded has something in it. */
    public boolean isMore() {
        return !externalKeyId.isEmpty() || !profile.isEmpty() || !roots.isEmpty();
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getUrl() {
        return url;
    }

    public void setUrl(String url) {
        this.url = url;
    }

    public String getEmail() {
        return email;
    }

    public void setEmail(String email) {
        this.email = email;
    }

    public String getProfile() {
        return profile;
    }

    public void setProfile(String profile) {
        this.profile = profile;
    }

    public String getRoots() {
        return roots;
    }

    public void setRoots(String roots) {
        this.roots = roots;
    }

    public boolean isTermsAgreed() {
        return termsAgreed;
    }

    public void setTermsAgreed(boolean termsAgreed) {
        this.termsAgreed = termsAgreed;
    }

    public boolean isAutomatic() {
        return automatic;
    }

    public void setAutomatic(boolean automatic) {
        this.automatic = automatic;
    }

    public String getExternalKeyId() {
        return externalKeyId;
    }

    public void setExternalKeyId(String externalKeyId) {
        this.externalKeyId = externalKeyId;
    }

    public String getExternalKey() {
        return externalKey;
    }

    public void setExternalKey(String externalKey) {
        this.externalKey = externalKey;
    }
}
