package org.berth.web.security;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.apache.shiro.web.servlet.AdviceFilter;

/**
 * Sends who is not logged in to the login page, and who has a one-time password to the page where it is replaced; every
 * other address of the panel is out of their reach.
 */
class PageGate extends AdviceFilter {

    static final String LOGIN = "/login";
    static final String CHANGE_PASSWORD = "/change-password";

    @Override
    protected boolean preHandle(ServletRequest request, ServletResponse response) throws IOException {
        var page = (HttpServletRequest) request;
        var identity = Identity.of(page);
        if (identity.isEmpty()) {
            send(page, (HttpServletResponse) response, LOGIN + from(page));
        } else if (identity.get().mustChangePassword() && !page.getServletPath().equals(CHANGE_PASSWORD)) {
            send(page, (HttpServletResponse) response, CHANGE_PASSWORD);
        } else {
            return true;
        }
        return false;
    }

    /** The page to return to, if it can be asked for again. */
    private static String from(HttpServletRequest page) {
        if (!page.getMethod().equals("GET")
                || isAjax(page)
                || page.getRequestURI().equals("/")) {
            return "";
        }
        var query = page.getQueryString();
        var address = page.getRequestURI() + (query == null ? "" : "?" + query);
        return "?from=" + URLEncoder.encode(address, StandardCharsets.UTF_8);
    }

    private static void send(HttpServletRequest page, HttpServletResponse response, String address) throws IOException {
        if (isAjax(page)) {
            // Faces' own script follows this; it would not follow a redirect of HTTP.
            response.setContentType("text/xml;charset=UTF-8");
            response.getWriter()
                    .write("<?xml version=\"1.0\" encoding=\"UTF-8\"?><partial-response><redirect url=\"" + address
                            + "\"/></partial-response>");
        } else {
            response.sendRedirect(address);
        }
    }

    private static boolean isAjax(HttpServletRequest page) {
        return "partial/ajax".equals(page.getHeader("Faces-Request"));
    }
}
