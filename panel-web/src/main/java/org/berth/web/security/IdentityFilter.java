package org.berth.web.security;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.apache.shiro.SecurityUtils;
import org.apache.shiro.web.servlet.AdviceFilter;
import org.berth.accounts.Authentication;

/**
 * Finds out who sent a request: root over the unix socket, the holder of an API token, or of a session. A request with
 * a token is not looked at for a session, so that the two never mix.
 */
class IdentityFilter extends AdviceFilter {

    private static final String BEARER = "Bearer ";

    @Override
    protected boolean preHandle(ServletRequest request, ServletResponse response) {
        identity((HttpServletRequest) request).ifPresent(identity -> identity.attachTo((HttpServletRequest) request));
        return true;
    }

    private static Optional<Identity> identity(HttpServletRequest request) {
        var authorization = request.getHeader("Authorization");
        if (authorization != null) {
            return authorization.startsWith(BEARER)
                    ? authentication()
                            .byToken(authorization.substring(BEARER.length()).strip(), request.getRemoteAddr())
                            .map(Identity::of)
                    : Optional.empty();
        }
        return FrontRequest.fromLocalRoot(request) ? Optional.of(Identity.ROOT) : bySession(request);
    }

    private static Optional<Identity> bySession(HttpServletRequest request) {
        var subject = SecurityUtils.getSubject();
        if (!subject.isAuthenticated()) {
            return Optional.empty();
        }
        var holder = subject.getPrincipals().oneByType(SessionHolder.class);
        var who = Optional.of(holder)
                .filter(session -> !session.isOver())
                .flatMap(session ->
                        authentication().bySession(session.accountId(), session.epoch(), request.getRemoteAddr()));
        if (who.isEmpty()) {
            subject.logout();
        }
        return who.map(Identity::of);
    }

    private static Authentication authentication() {
        return CDI.current().select(Authentication.class).get();
    }
}
