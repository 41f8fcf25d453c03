package org.berth.web.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Optional;

/**
 * A request as it reached the front: address, scheme and host of the visitor instead of those of the hop over loopback.
 * Made only after the front's secret was seen, and the front overwrites these headers, so they can be believed.
 */
class FrontRequest extends HttpServletRequestWrapper {

    private static final int HTTPS = 443;
    private static final String ADDRESS = "[0-9a-fA-F:.]{2,45}";

    private FrontRequest(HttpServletRequest request) {
        super(request);
    }

    /** Wraps a request of the front, so that {@link #of} finds it again. */
    static FrontRequest seen(HttpServletRequest request) {
        var front = new FrontRequest(request);
        request.setAttribute(FrontRequest.class.getName(), front);
        return front;
    }

    /** The request as the front saw it: what CDI injects is the one from before our filters. */
    static FrontRequest of(HttpServletRequest request) {
        return (FrontRequest) request.getAttribute(FrontRequest.class.getName());
    }

    /** Whether root on the host asks, over the front's unix socket. */
    static boolean fromLocalRoot(HttpServletRequest request) {
        return "root".equals(request.getHeader("X-Berth-Local"));
    }

    @Override
    public String getRemoteAddr() {
        if (fromLocalRoot(this)) {
            return "local";
        }
        return header("X-Forwarded-For").filter(text -> text.matches(ADDRESS)).orElseGet(super::getRemoteAddr);
    }

    @Override
    public String getRemoteHost() {
        return getRemoteAddr();
    }

    /** The front speaks TLS only. */
    @Override
    public String getScheme() {
        return "https";
    }

    @Override
    public boolean isSecure() {
        return true;
    }

    @Override
    public String getServerName() {
        return host().replaceFirst(":\\d+$", "");
    }

    @Override
    public int getServerPort() {
        var host = host();
        var afterName = host.substring(getServerName().length());
        if (!afterName.isEmpty()) {
            return Integer.parseInt(afterName.substring(1));
        }
        return header("X-Forwarded-Port")
                .filter(text -> text.matches("\\d{1,5}"))
                .map(Integer::valueOf)
                .orElse(HTTPS);
    }

    @Override
    public StringBuffer getRequestURL() {
        return new StringBuffer(origin()).append(getRequestURI());
    }

    /** Scheme, host and port as a browser writes them in {@code Origin}. */
    String origin() {
        var port = getServerPort();
        return "https://" + getServerName() + (port == HTTPS ? "" : ":" + port);
    }

    private String host() {
        return header("X-Forwarded-Host")
                .filter(text -> text.matches("[A-Za-z0-9.-]+(:\\d{1,5})?|\\[[0-9a-fA-F:.]+\\](:\\d{1,5})?"))
                .orElseGet(super::getServerName);
    }

    private Optional<String> header(String name) {
        return Optional.ofNullable(getHeader(name)).map(String::strip).filter(text -> !text.isEmpty());
    }
}
