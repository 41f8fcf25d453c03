package org.berth.web.platform;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.berth.platform.BerthException;
import org.berth.platform.Conflict;
import org.berth.platform.Denied;
import org.berth.platform.HostFailure;
import org.berth.platform.NotFound;
import org.berth.platform.Problem;
import org.berth.platform.TooManyAttempts;

/** Every failure of the API becomes a problem that a person understands; what is a bug is told by its reference alone. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOG = Logger.getLogger(ProblemMapper.class.getName());
    private static final int UNPROCESSABLE = 422;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    @Context
    private HttpServletRequest request;

    @Inject
    private RefusalAudit refusals;

    @Override
    public Response toResponse(Throwable failure) {
        if (failure instanceof BerthException expected) {
            var response = answer(status(expected), expected.problems(), failure);
            if (expected instanceof TooManyAttempts) {
                response.header("Retry-After", expected.problem().args().get(0));
            }
            return response.build();
        }
        if (failure instanceof WebApplicationException http
                && http.getResponse().getStatus() < SERVER_ERROR) {
            return http(http);
        }
        return Outage.behind(failure)
                .map(outage -> outage(outage, failure))
                .orElseGet(() -> answer(SERVER_ERROR, List.of(Problem.of("bug")), failure))
                .build();
    }

    private Response http(WebApplicationException failure) {
        var status = failure.getResponse().getStatus();
        var code = switch (status) {
            case 400 -> "body-malformed";
            case 404 -> "no-such-address";
            case 405 -> "method-unknown";
            case 406 -> "not-acceptable";
            case 413 -> "body-too-long";
            case 415 -> "body-not-json";
            default -> "request-malformed";
        };
        var response = answer(status, List.of(Problem.of(code, request.getMethod(), request.getRequestURI())), failure);
        var allowed = failure.getResponse().getHeaderString("Allow");
        return (allowed == null ? response : response.header("Allow", allowed)).build();
    }

    private Response.ResponseBuilder answer(int status, List<Problem> problems, Throwable cause) {
        var reference = Reference.next();
        LOG.log(status == SERVER_ERROR ? Level.SEVERE : Level.FINE, cause, () -> "Problem " + reference);
        refusals.add("api", problems, status);
        return answer(status, problems, reference);
    }

    /** Without a line of the audit, which needs what is missing. */
    private Response.ResponseBuilder outage(Outage outage, Throwable cause) {
        var reference = Reference.next();
        LOG.log(Level.WARNING, cause, () -> "Problem " + reference);
        return answer(outage.status(), List.of(outage.problem()), reference)
                .header("Retry-After", outage.retryAfter().orElse(null));
    }

    private Response.ResponseBuilder answer(int status, List<Problem> problems, String reference) {
        return Response.status(status)
                .type(ProblemBody.TYPE)
                .entity(ProblemBody.of(problems, status, Languages.of(request), reference));
    }

    private static int status(BerthException expected) {
        if (expected instanceof NotFound) {
            return Response.Status.NOT_FOUND.getStatusCode();
        } else if (expected instanceof Conflict) {
            return Response.Status.CONFLICT.getStatusCode();
        } else if (expected instanceof Denied) {
            return Response.Status.FORBIDDEN.getStatusCode();
        } else if (expected instanceof TooManyAttempts) {
            return TOO_MANY;
        } else if (expected instanceof HostFailure) {
            return Response.Status.BAD_GATEWAY.getStatusCode();
        }
        return UNPROCESSABLE;
    }
}
