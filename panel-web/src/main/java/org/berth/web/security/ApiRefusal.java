package org.berth.web.security;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.berth.platform.Problem;
import org.berth.web.platform.Languages;
import org.berth.web.platform.ProblemBody;
import org.berth.web.platform.Reference;

/** How the API refuses a request that does not get as far as a resource. */
final class ApiRefusal {

    private ApiRefusal() {}

    static void send(ServletRequest request, ServletResponse response, int status, Problem problem) throws IOException {
        send(request, response, status, problem, Reference.next());
    }

    /** The same, for what the log tells more of. */
    static void send(ServletRequest request, ServletResponse response, int status, Problem problem, String reference)
            throws IOException {
        ((HttpServletResponse) response).setStatus(status);
        response.setContentType(ProblemBody.TYPE);
        var body = ProblemBody.of(List.of(problem), status, Languages.of((HttpServletRequest) request), reference);
        response.getOutputStream().write(body.toString().getBytes(StandardCharsets.UTF_8));
    }
}
