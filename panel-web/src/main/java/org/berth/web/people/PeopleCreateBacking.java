package org.berth.web.people;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.berth.accounts.AccountDraft;
import org.berth.accounts.Accounts;
import org.berth.security.Permission;
import org.berth.security.Role;
import org.berth.web.frame.Notices;
import org.berth.web.frame.Redirect;
import org.berth.web.frame.Say;
import org.berth.web.security.CurrentActor;

/** An account that an administrator is about to make. */
@Named
@RequestScoped
public class PeopleCreateBacking {

    @Inject
    private CurrentActor current;

    @Inject
    private Accounts accounts;

    @Inject
    private Notices notices;

    @Inject
    private Say say;

    private String login = "";
    private String displayName = "";
    private String email = "";
    private String role = Role.OWNER.name();

    /** Makes it; the next page shows the password, that once. */
    public String create() {
        var made = accounts.create(current.actor(), new AccountDraft(login, displayName, email, Role.valueOf(role)));
        var password = made.oneTimePassword();
        notices.show(
                say.text("people.created", made.account().login()),
                say.text("people.password", say.exact(password.expiresAt())),
                password.password());
        return Redirect.to("/people/" + made.account().login());
    }

    /** Whether the actor may be here at all. */
    public boolean isAllowed() {
        current.actor().require(Permission.on("user", "create"));
        return true;
    }

    public String getLogin() {
        return login;
    }

    public void setLogin(String login) {
        this.login = login.strip();
    }

    public String getDisplayName() {
        return displayName;
    }

    public void setDisplayName(String displayName) {
        this.displayName = displayName;
    }

    public String getEmail() {
        return email;
    }

    public void setEmail(String email) {
        this.email = email;
    }

    public String getRole() {
        return role;
    }

    public void setRole(String role) {
        this.role = role;
    }
}
