package org.berth.web.security;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.shiro.web.servlet.AdviceFilter;
import org.berth.platform.Problem;

/** Lets only known callers at the REST API, whatever path and method, and none with a one-time password. */
class ApiGate extends AdviceFilter {

    @Override
    protected boolean preHandle(ServletRequest request, ServletResponse response) throws IOException {
        var identity = Identity.of((HttpServletRequest) request);
        if (identity.isEmpty()) {
            ((HttpServletResponse) response).setHeader("WWW-Authenticate", "Bearer realm=\"berth\"");
            ApiRefusal.send(request, response, HttpServletResponse.SC_UNAUTHORIZED, Problem.of("login-required"));
        } else if (identity.get().mustChangePassword()) {
            ApiRefusal.send(
                    request, response, HttpServletResponse.SC_FORBIDDEN, Problem.of("password-change-required"));
        } else {
            return true;
        }
        return false;
    }
}
