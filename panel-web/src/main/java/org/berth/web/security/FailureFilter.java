package org.berth.web.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.berth.platform.LostDatabase;
import org.berth.platform.Problem;
import org.berth.web.platform.Api;
import org.berth.web.platform.Reference;

/**
 * Tells of what fails before a page or a resource is reached, such as the look who asks: to programs as a problem, and
 * to everybody as something that passes when only the database is not there.
 */
public class FailureFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = Logger.getLogger(FailureFilter.class.getName());

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException | RuntimeException failure) {
            var passes = LostDatabase.isBehind(failure);
            var program = request.getRequestURI().startsWith(Api.PATH);
            if (response.isCommitted() || !passes && !program) {
                throw failure;
            }
            var reference = Reference.next();
            LOG.log(passes ? Level.WARNING : Level.SEVERE, failure, () -> "Request failed, reference " + reference);
            var status =
                    passes ? HttpServletResponse.SC_SERVICE_UNAVAILABLE : HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
            if (passes) {
                response.setHeader("Retry-After", String.valueOf(LostDatabase.RETRY_AFTER_SECONDS));
            }
            request.setAttribute(Reference.TOLD, reference);
            if (program) {
                response.resetBuffer();
                ApiRefusal.send(
                        request, response, status, Problem.of(passes ? "panel-database-lost" : "bug"), reference);
            } else {
                response.sendError(status);
            }
        }
    }
}
