package org.berth.web.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.berth.platform.Problem;
import org.berth.web.platform.Api;

/**
 * Refuses a change, or a web socket, that a page of another origin asks for. A browser names the origin with every such
 * request; without a name only a client that sends no cookie is let through, because a token is never sent by itself. A form of a
 * page is never taken from a link.
 */
public class OriginFilter extends HttpFilter {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var reads = READING.contains(request.getMethod());
        if (reads && isFormOfAPage(request)) {
            response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
        } else if (reads && !isHandshake(request) || isOwn((FrontRequest) request)) {
            chain.doFilter(request, response);
        } else if (request.getRequestURI().startsWith(Api.PATH)) {
            ApiRefusal.send(request, response, HttpServletResponse.SC_FORBIDDEN, Problem.of("origin-foreign"));
        } else {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }

    /** Faces takes a form's values from a link too, and a link needs no origin. */
    private static boolean isFormOfAPage(HttpServletRequest request) {
        return request.getParameter("jakarta.faces.ViewState") != null;
    }

    private static boolean isHandshake(HttpServletRequest request) {
        return request.getHeader("Upgrade") != null;
    }

    private static boolean isOwn(FrontRequest request) {
        var origin = request.getHeader("Origin");
        if (origin != null) {
            return origin.equals(request.origin());
        }
        var site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin");
        }
        return request.getServletPath().startsWith("/api/") && request.getCookies() == null;
    }
}
