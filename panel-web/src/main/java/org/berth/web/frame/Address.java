package org.berth.web.frame;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** What the address of the page names. */
@Named
@RequestScoped
public class Address {

    static final String ITEM = "org.berth.item";
    static final String TAB = "org.berth.tab";

    @Inject
    private HttpServletRequest request;

    /** The thing that the page is about: an id or a name; empty on other pages. */
    public String getItem() {
        return attribute(ITEM);
    }

    /** The tab, empty for the first. */
    public String getTab() {
        return attribute(TAB);
    }

    /** First part of the path: the place in the sidebar. */
    public String getPlace() {
        var parts = getPath().split("/");
        return parts.length < 2 ? "dashboard" : parts[1];
    }

    /** The path as the browser knows it. */
    public String getPath() {
        return Optional.ofNullable((String) request.getAttribute(RequestDispatcher.FORWARD_REQUEST_URI))
                .orElseGet(request::getRequestURI);
    }

    /** The path with its query. */
    public String getFull() {
        return Optional.ofNullable(request.getQueryString())
                .map(query -> getPath() + "?" + query)
                .orElseGet(this::getPath);
    }

    private String attribute(String name) {
        return Optional.ofNullable((String) request.getAttribute(name)).orElse("");
    }
}
