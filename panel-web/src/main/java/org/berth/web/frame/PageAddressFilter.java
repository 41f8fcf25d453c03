package org.berth.web.frame;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives things an address of their own: {@code /sites/12/domains} is the page of site 12. What the address names is
 * left in the request for {@link Address}.
 */
public class PageAddressFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final Set<String> SINGLE = Set.of(
            "login",
            "change-password",
            "dashboard",
            "account",
            "doctor",
            "found",
            "mail",
            "search",
            "find",
            "tls",
            "tray",
            "expired");
    private static final Set<String> LISTS =
            Set.of("sites", "jobs", "people", "certificates", "authorities", "dns", "audit");
    private static final Set<String> CREATED_HERE = Set.of("sites", "people", "authorities", "dns");
    private static final Set<String> DETAILED = Set.of("sites", "jobs", "people", "certificates", "authorities", "dns");

    /** Those of sites are tabs of the sites. */
    private static final String ONLY_CERTIFICATE = "panel";

    private static final Map<String, Set<String>> TABS = Map.of(
            "sites",
            Set.of("domains", "certificate", "php", "database", "activity", "danger"),
            "account",
            Set.of("tokens", "password"),
            "mail",
            Set.of("queue"));
    private static final Pattern ADDRESS = Pattern.compile("/([a-z-]+)(?:/([^/]+)(?:/([a-z]+))?)?");

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var address = ADDRESS.matcher(request.getServletPath());
        var page = address.matches() ? page(request, address) : "";
        if (page.isEmpty()) {
            chain.doFilter(request, response);
        } else {
            request.getRequestDispatcher(page).forward(request, response);
        }
    }

    private static String page(HttpServletRequest request, Matcher address) {
        var folder = address.group(1);
        var item = address.group(2);
        var tab = address.group(3);
        if (item == null) {
            return LISTS.contains(folder) ? "/" + folder + "/list.xhtml" : single(folder);
        }
        if (tab == null && isTab(folder, item) && !DETAILED.contains(folder)) {
            request.setAttribute(Address.TAB, item);
            return "/" + folder + ".xhtml";
        }
        if (tab == null && item.equals("new") && CREATED_HERE.contains(folder)) {
            return "/" + folder + "/create.xhtml";
        }
        if (!DETAILED.contains(folder) || item.endsWith(".xhtml") || tab != null && !isTab(folder, tab)) {
            return "";
        }
        if (folder.equals("certificates") && !item.equals(ONLY_CERTIFICATE)) {
            return "";
        }
        request.setAttribute(Address.ITEM, item);
        request.setAttribute(Address.TAB, tab == null ? "" : tab);
        return "/" + folder + "/detail.xhtml";
    }

    private static String single(String page) {
        return SINGLE.contains(page) ? "/" + page + ".xhtml" : "";
    }

    private static boolean isTab(String folder, String name) {
        return TABS.getOrDefault(folder, Set.of()).contains(name);
    }
}
