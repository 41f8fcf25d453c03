package org.berth.web.people;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Map;
import java.util.Optional;
import org.berth.accounts.AccountChange;
import org.berth.accounts.AccountState;
import org.berth.accounts.AccountView;
import org.berth.accounts.Accounts;
import org.berth.platform.Page;
import org.berth.platform.PageRequest;
import org.berth.security.Permission;
import org.berth.security.Role;
import org.berth.sites.SiteRow;
import org.berth.sites.Sites;
import org.berth.web.frame.Address;
import org.berth.web.frame.Notices;
import org.berth.web.frame.Redirect;
import org.berth.web.frame.Say;
import org.berth.web.security.CurrentActor;

/** One account, for administrators. */
@Named
@RequestScoped
public class PeopleDetailBacking {

    private static final int SITES = 10;

    @Inject
    private CurrentActor current;

    @Inject
    private Address address;

    @Inject
    private Accounts accounts;

    @Inject
    private Sites sites;

    @Inject
    private Notices notices;

    @Inject
    private Say say;

    private AccountView person;
    private Page<SiteRow> owned;
    private String displayName;
    private String email;
    private String role;

    public AccountView getPerson() {
        if (person == null) {
            current.actor().require(Permission.on("user", "create"));
            person = accounts.find(current.actor(), address.getItem());
        }
        return person;
    }

    public boolean isActive() {
        return getPerson().state() == AccountState.ACTIVE;
    }

    /** Nobody shuts themselves out, nor takes their own role away. */
    public boolean isSelf() {
        return getPerson().id() == current.actor().accountId();
    }

    /** The first of the person's sites. */
    public Page<SiteRow> getSites() {
        if (owned == null) {
            owned = sites.list(
                    current.actor(),
                    new PageRequest(
                            0, SITES, "", true, "", Map.of("owner", getPerson().login())));
        }
        return owned;
    }

    public String save() {
        accounts.update(
                current.actor(),
                address.getItem(),
                new AccountChange(
                        Optional.of(getDisplayName()),
                        Optional.of(getEmail()),
                        isSelf() ? Optional.empty() : Optional.of(Role.valueOf(getRole()))));
        notices.tell(say.text("saved"));
        return again();
    }

    /** Replaces the password by one that is shown once. */
    public String resetPassword() {
        var password = accounts.resetPassword(current.actor(), address.getItem());
        notices.show(
                say.text("people.reset.done", password.login()),
                say.text("people.password", say.exact(password.expiresAt())),
                password.password());
        return again();
    }

    public String disable() {
        accounts.disable(current.actor(), address.getItem());
        notices.tell(say.text("people.disabled"));
        return again();
    }

    public String enable() {
        accounts.enable(current.actor(), address.getItem());
        notices.tell(say.text("people.enabled"));
        return again();
    }

    private String again() {
        return Redirect.to("/people/" + address.getItem());
    }

    public String getDisplayName() {
        return displayName == null ? getPerson().displayName() : displayName;
    }

    public void setDisplayName(String displayName) {
        this.displayName = displayName;
    }

    public String getEmail() {
        return email == null ? getPerson().email().orElse("") : email;
    }

    public void setEmail(String email) {
        this.email = email;
    }

    public String getRole() {
        return role == null ? getPerson().role().name() : role;
    }

    public void setRole(String role) {
        this.role = role;
    }
}
