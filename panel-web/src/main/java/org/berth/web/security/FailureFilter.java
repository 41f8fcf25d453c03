package org.berth.web.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.berth.platform.Problem;
import org.berth.web.platform.Api;
import org.berth.web.platform.Outage;
import org.berth.web.platform.Reference;

/**
 * Tells of what fails before a page or a resource is reached, such as the look who asks: to programs as a problem, and
 * to everybody as what it is when only the panel's database is not there or has no room.
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
            var outage = Outage.behind(failure);
            var program = request.getRequestURI().startsWith(Api.PATH);
            if (response.isCommitted() || outage.isEmpty() && !program) {
                throw failure;
            }
            var reference = Reference.next();
            var level = outage.isPresent() ? Level.WARNING : Level.SEVERE;
            LOG.log(level, failure, () -> "Request failed, reference " + reference);
            var status = outage.map(Outage::status).orElse(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
            outage.flatMap(Outage::retryAfter)
                    .ifPresent(seconds -> response.setHeader("Retry-After", seconds.toString()));
            request.setAttribute(Reference.TOLD, reference);
            if (program) {
                response.resetBuffer();
                var problem = outage.map(Outage::problem).orElseGet(() -> Problem.of("bug"));
                ApiRefusal.send(request, response, status, problem, reference);
            } else {
                response.sendError(status);
            }
        }
    }
}
