package org.berth.web.frame;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.berth.web.platform.Reference;

/** A page could not be shown: gives it a reference that the person can name and an administrator finds in the log. */
@Named
@RequestScoped
public class Mishap {

    private static final Logger LOG = Logger.getLogger(Mishap.class.getName());
    private static final Set<Integer> TOLD = Set.of(400, 403, 404, 405, 500, 503, 507);

    @Inject
    private HttpServletRequest request;

    private String reference;

    public int getStatus() {
        return (Integer) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    }

    /** The status for which there are texts: that of a failure like this one. */
    public int getKind() {
        var status = getStatus();
        if (TOLD.contains(status)) {
            return status;
        }
        return status < HttpServletResponse.SC_INTERNAL_SERVER_ERROR
                ? HttpServletResponse.SC_BAD_REQUEST
                : HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    }

    /** Written to the log with the cause when it is first asked for. */
    public String getReference() {
        if (reference == null) {
            reference = (String) request.getAttribute(Reference.TOLD);
        }
        if (reference == null) {
            reference = Reference.next();
            log();
        }
        return reference;
    }

    private void log() {
        var cause = (Throwable) request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        LOG.log(
                cause == null ? Level.INFO : Level.SEVERE,
                cause,
                () -> "Page error " + getStatus() + ", reference " + reference);
    }
}
