package org.berth.container;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets Arquillian in to its own servlet, before the panel's filters, which stay as they are for everything else; and
 * knows the sessions.
 */
public class Door extends HttpFilter implements ServletContainerInitializer, HttpSessionListener {

    private static final String SERVLET = "ArquillianServletRunnerEE9";
    private static final Set<HttpSession> SESSIONS = ConcurrentHashMap.newKeySet();
    private static final AtomicInteger PORT = new AtomicInteger();

    /** A session that a cookie names. */
    static HttpSession session(String id) {
        return SESSIONS.stream()
                .filter(session -> session.getId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void sessionCreated(HttpSessionEvent event) {
        SESSIONS.add(event.getSession());
    }

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        SESSIONS.remove(event.getSession());
    }

    @Override
    public void onStartup(Set<Class<?>> classes, ServletContext context) {
        context.addListener(Door.class);
        context.addFilter("door", Door.class)
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/" + SERVLET);
    }

    /** Where the panel listens: where Arquillian has come in. */
    static int port() {
        return PORT.get();
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        PORT.set(request.getLocalPort());
        getServletContext().getNamedDispatcher(SERVLET).forward(request, response);
    }
}
