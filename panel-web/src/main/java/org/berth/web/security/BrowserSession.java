package org.berth.web.security;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.shiro.SecurityUtils;
import org.apache.shiro.authc.AuthenticationException;
import org.apache.shiro.authc.AuthenticationToken;
import org.apache.shiro.authc.UsernamePasswordToken;
import org.berth.accounts.Authenticated;
import org.berth.audit.AuditLog;
import org.berth.audit.Result;
import org.berth.audit.Target;
import org.berth.platform.BerthException;

/** Begins and ends the session of a browser. Its id changes whenever somebody proves who they are. */
@RequestScoped
public class BrowserSession {

    @Inject
    private HttpServletRequest request;

    @Inject
    private CurrentActor current;

    @Inject
    private AuditLog audit;

    /** Logs in. */
    public void begin(String login, String password) {
        begin(new UsernamePasswordToken(
                login, password, FrontRequest.of(request).getRemoteAddr()));
    }

    /** Goes on after all sessions of the account were ended by a new password: this one begins again. */
    public void renew(Authenticated who) {
        begin(new ProvenToken(who));
    }

    /** Logs out; the session and all that it held are gone. */
    public void end() {
        if (current.isKnown()) {
            audit.record(
                    current.actor(),
                    "user:logout",
                    new Target(
                            "user", current.actor().accountId(), current.actor().name()),
                    Result.DONE,
                    "");
        }
        SecurityUtils.getSubject().logout();
    }

    private void begin(AuthenticationToken token) {
        try {
            SecurityUtils.getSubject().login(token);
        } catch (AuthenticationException refused) {
            if (refused.getCause() instanceof BerthException expected) {
                throw expected;
            }
            throw refused;
        }
        request.changeSessionId();
    }
}
