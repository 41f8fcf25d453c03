package org.berth.web.frame;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A page could not be shown: gives it a reference that the person can name and an administrator finds in the log. */
@Named
@RequestScoped
public class Mishap {

    private static final Logger LOG = Logger.getLogger(Mishap.class.getName());
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int LENGTH = 5;

    @Inject
    private HttpServletRequest request;

    private String reference;

    /** Written to the log with the cause when it is first asked for. */
    public String getReference() {
        if (reference == null) {
            var bytes = new byte[LENGTH];
            RANDOM.nextBytes(bytes);
            reference = HexFormat.of().formatHex(bytes);
            log();
        }
        return reference;
    }

    private void log() {
        var status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        var cause = (Throwable) request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        LOG.log(
                cause == null ? Level.INFO : Level.SEVERE,
                cause,
                () -> "Page error " + status + ", reference " + reference);
    }
}
