package org.berth.web.account;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.berth.accounts.Accounts;
import org.berth.web.frame.Address;
import org.berth.web.frame.Notices;
import org.berth.web.frame.Redirect;
import org.berth.web.frame.Say;
import org.berth.web.security.BrowserSession;
import org.berth.web.security.CurrentActor;

/** Replaces one's own password; all other sessions end. */
@Named
@RequestScoped
public class ChangePasswordBacking {

    @Inject
    private Accounts accounts;

    @Inject
    private CurrentActor current;

    @Inject
    private BrowserSession session;

    @Inject
    private Address address;

    @Inject
    private Notices notices;

    @Inject
    private Say say;

    private String oldPassword = "";
    private String newPassword = "";

    /** Changes the password; who had to goes on to the dashboard. */
    public String change() {
        session.renew(accounts.changePassword(current.actor(), oldPassword, newPassword));
        notices.tell(say.text("password.changed"));
        return Redirect.to(address.getPlace().equals("account") ? address.getPath() : "/");
    }

    public String getOldPassword() {
        return oldPassword;
    }

    public void setOldPassword(String oldPassword) {
        this.oldPassword = oldPassword;
    }

    public String getNewPassword() {
        return newPassword;
    }

    public void setNewPassword(String newPassword) {
        this.newPassword = newPassword;
    }
}
