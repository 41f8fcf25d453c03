package org.berth.web.certificates;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.berth.certificates.AcmeDirectories;
import org.berth.certificates.DirectoryFacts;
import org.berth.certificates.DirectoryView;
import org.berth.web.frame.Address;
import org.berth.web.frame.Notices;
import org.berth.web.frame.Redirect;
import org.berth.web.frame.Say;
import org.berth.web.security.CurrentActor;

/** One authority, for administrators. */
@Named
@RequestScoped
public class AuthoritiesDetailBacking {

    @Inject
    private CurrentActor current;

    @Inject
    private Address address;

    @Inject
    private AcmeDirectories directories;

    @Inject
    private Notices notices;

    @Inject
    private Say say;

    private DirectoryView authority;
    private DirectoryFacts facts;
    private AuthorityForm form;

    public DirectoryView getAuthority() {
        if (authority == null) {
            authority = directories.find(current.actor(), address.getItem());
        }
        return authority;
    }

    public AuthorityForm getForm() {
        if (form == null) {
            form = new AuthorityForm(getAuthority());
        }
        return form;
    }

    /** Address of the list of certificates that sites have from it. */
    public String getCertificates() {
        return "/certificates?authority=" + URLEncoder.encode(getAuthority().name(), StandardCharsets.UTF_8);
    }

    /** What it says about itself, null unless it was asked just now. */
    public DirectoryFacts getFacts() {
        return facts;
    }

    /** The kinds of certificates that it offers, each with what it says about that. */
    public List<String> getProfiles() {
        return facts.profiles().entrySet().stream()
                .map(profile -> profile.getKey() + (profile.getValue().isEmpty() ? "" : " – " + profile.getValue()))
                .sorted()
                .toList();
    }

    /** Whether where its terms are can be followed as a link: what an authority answers is not trusted with more. */
    public boolean isLink(String said) {
        return said.startsWith("https://") || said.startsWith("http://");
    }

    /** Asks the authority, and shows its answer beside what was typed so far. */
    public String ask() {
        facts = directories.facts(current.actor(), address.getItem());
        return "";
    }

    public String save() {
        directories.update(current.actor(), address.getItem(), getForm().draft());
        return again("saved");
    }

    public String makeDefault() {
        directories.makeDefault(current.actor(), address.getItem());
        return again("saved");
    }

    /** Has another account made there. */
    public String renewAccount() {
        directories.renewAccount(current.actor(), address.getItem());
        return again("authorities.account.renewed");
    }

    /** Forgets it. */
    public String delete() {
        var deleted = directories.delete(current.actor(), address.getItem());
        notices.tell(say.text("authorities.deleted", deleted.name()));
        return Redirect.to("/authorities");
    }

    private String again(String text) {
        notices.tell(say.text(text));
        return Redirect.to("/authorities/" + getAuthority().id());
    }
}
