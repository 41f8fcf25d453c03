package org.berth.web.security;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.shiro.web.servlet.AdviceFilter;
import org.berth.platform.Problem;
import org.berth.web.platform.Languages;
import org.berth.web.platform.ProblemBody;
import org.berth.web.platform.Reference;

/** Lets only known callers at the REST API, whatever path and method, and none with a one-time password. */
class ApiGate extends AdviceFilter {

    @Override
    protected boolean preHandle(ServletRequest request, ServletResponse response) throws IOException {
        var identity = Identity.of((HttpServletRequest) request);
        if (identity.isEmpty()) {
            ((HttpServletResponse) response).setHeader("WWW-Authenticate", "Bearer realm=\"berth\"");
            refuse(request, response, HttpServletResponse.SC_UNAUTHORIZED, Problem.of("login-required"));
        } else if (identity.get().mustChangePassword()) {
            refuse(request, response, HttpServletResponse.SC_FORBIDDEN, Problem.of("password-change-required"));
        } else {
            return true;
        }
        return false;
    }

    private static void refuse(ServletRequest request, ServletResponse response, int status, Problem problem)
            throws IOException {
        ((HttpServletResponse) response).setStatus(status);
        response.setContentType(ProblemBody.TYPE);
        var body =
                ProblemBody.of(List.of(problem), status, Languages.of((HttpServletRequest) request), Reference.next());
        response.getOutputStream().write(body.toString().getBytes(StandardCharsets.UTF_8));
    }
}
