package org.berth.web.security;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import org.berth.accounts.Accounts;

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

    private String oldPassword = "";
    private String newPassword = "";

    /** Changes the password and goes on to the dashboard. */
    public void change() throws IOException {
        session.renew(accounts.changePassword(current.actor(), oldPassword, newPassword));
        FacesContext.getCurrentInstance().getExternalContext().redirect("/");
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
