package org.berth.web.security;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/** The login page, and the way out. */
@Named
@RequestScoped
public class LoginBacking {

    /** An address of the panel: a path, never another host ({@code //evil.example}, {@code /\evil.example}). */
    private static final Pattern OWN_ADDRESS = Pattern.compile("/(?![/\\\\])[!-\\[\\]-~]*");

    @Inject
    private BrowserSession session;

    private String login = "";
    private String password = "";

    /** Logs in and goes to where the visitor wanted to be. */
    public void logIn() throws IOException {
        session.begin(login, password);
        redirect(wanted().orElse("/"));
    }

    /** Logs out. */
    public void logOut() throws IOException {
        session.end();
        redirect(PageGate.LOGIN);
    }

    private static Optional<String> wanted() {
        var from = FacesContext.getCurrentInstance()
                .getExternalContext()
                .getRequestParameterMap()
                .get("from");
        return Optional.ofNullable(from).filter(LoginBacking::isOwn);
    }

    static boolean isOwn(String address) {
        return OWN_ADDRESS.matcher(address).matches();
    }

    private static void redirect(String address) throws IOException {
        FacesContext.getCurrentInstance().getExternalContext().redirect(address);
    }

    public String getLogin() {
        return login;
    }

    public void setLogin(String login) {
        this.login = login;
    }

    public String getPassword() {
        return password;
    }

    public void setPassword(String password) {
        this.password = password;
    }
}
