package org.berth.web.frame;

import jakarta.faces.FacesException;
import jakarta.faces.application.ViewExpiredException;
import jakarta.faces.context.ExceptionHandler;
import jakarta.faces.context.ExceptionHandlerFactory;
import jakarta.faces.context.ExceptionHandlerWrapper;
import jakarta.faces.context.FacesContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.OptionalInt;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.berth.platform.Denied;
import org.berth.web.platform.Outage;
import org.berth.web.platform.Reference;

/**
 * Answers with an error page when a page cannot be shown for a reason that is no bug. Only a bug leaves the page as an
 * exception, because the server writes each of those to the journal with its stack.
 */
public class PageFailures extends ExceptionHandlerFactory {

    private static final Logger LOG = Logger.getLogger(PageFailures.class.getName());

    public PageFailures(ExceptionHandlerFactory wrapped) {
        super(wrapped);
    }

    @Override
    public ExceptionHandler getExceptionHandler() {
        return new Handler(getWrapped().getExceptionHandler());
    }

    /** The status that tells of a failure; empty for a bug. */
    static OptionalInt status(Throwable failure) {
        var refusal = Refusal.of(failure);
        if (refusal.isPresent()) {
            // A boundary's refusal to show something: the address is wrong for its reader.
            return OptionalInt.of(
                    refusal.get() instanceof Denied
                            ? HttpServletResponse.SC_FORBIDDEN
                            : HttpServletResponse.SC_NOT_FOUND);
        }
        var outage = Outage.behind(failure);
        if (outage.isPresent()) {
            return OptionalInt.of(outage.get().status());
        }
        // No page of ours keeps a view: the form is none of ours, or from an older release.
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                        .anyMatch(ViewExpiredException.class::isInstance)
                ? OptionalInt.of(HttpServletResponse.SC_BAD_REQUEST)
                : OptionalInt.empty();
    }

    private static class Handler extends ExceptionHandlerWrapper {

        Handler(ExceptionHandler wrapped) {
            super(wrapped);
        }

        @Override
        public void handle() {
            var faces = FacesContext.getCurrentInstance();
            var events = getUnhandledExceptionQueuedEvents().iterator();
            while (events.hasNext()) {
                var failure = events.next().getContext().getException();
                var status = status(failure);
                if (status.isPresent() && !faces.getExternalContext().isResponseCommitted()) {
                    events.remove();
                    Outage.behind(failure).ifPresent(outage -> remember(faces, failure, outage));
                    send(faces, status.getAsInt());
                }
            }
            getWrapped().handle();
        }

        /** What is behind it is found in the log by the reference that the page shows. */
        private static void remember(FacesContext faces, Throwable failure, Outage outage) {
            var reference = Reference.next();
            LOG.log(Level.WARNING, failure, () -> "Page failed, reference " + reference);
            faces.getExternalContext().getRequestMap().put(Reference.TOLD, reference);
            outage.retryAfter()
                    .ifPresent(
                            seconds -> faces.getExternalContext().setResponseHeader("Retry-After", seconds.toString()));
        }

        private static void send(FacesContext faces, int status) {
            try {
                faces.getExternalContext().responseSendError(status, null);
                faces.responseComplete();
            } catch (IOException gone) {
                throw new FacesException(gone);
            }
        }
    }
}
