package org.berth.web.security;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Lets in only what the panel's own front sends: every tenant of the host can reach loopback, none knows the secret of
 * this installation. What passes is read as the front saw it ({@link FrontRequest}).
 */
public class FrontSecretFilter extends HttpFilter {

    /** Shorter than this could be guessed; the installer makes 43 characters. */
    private static final int MIN_LENGTH = 32;

    @Inject
    @ConfigProperty(name = "berth.front.secret")
    private transient String secret;

    @Override
    public void init(FilterConfig config) throws ServletException {
        super.init(config);
        if (secret.length() < MIN_LENGTH) {
            throw new ServletException("berth.front.secret must have at least " + MIN_LENGTH + " characters");
        }
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (known(request.getHeader("X-Berth-Front"))) {
            chain.doFilter(FrontRequest.seen(request), new FrontResponse(response));
        } else {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        }
    }

    private boolean known(String claimed) {
        return claimed != null && MessageDigest.isEqual(bytes(claimed), bytes(secret));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
