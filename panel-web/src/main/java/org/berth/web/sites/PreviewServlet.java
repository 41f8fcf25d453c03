package org.berth.web.sites;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.berth.sites.Sites;

/** Tells the front which site a preview link shows; the front lets nobody else ask. */
@WebServlet("/internal/preview")
public class PreviewServlet extends HttpServlet {

    @Inject
    private transient Sites sites;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        var host = Optional.ofNullable(request.getHeader("X-Preview-Token")).flatMap(sites::previewHost);
        host.ifPresent(name -> response.setHeader("X-Preview-Host", name));
        response.setStatus(host.isPresent() ? HttpServletResponse.SC_NO_CONTENT : HttpServletResponse.SC_FORBIDDEN);
    }
}
