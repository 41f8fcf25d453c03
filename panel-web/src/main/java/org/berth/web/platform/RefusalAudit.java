package org.berth.web.platform;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.berth.audit.AuditLog;
import org.berth.audit.AuditTrail;
import org.berth.audit.Result;
import org.berth.audit.Target;
import org.berth.platform.Problem;
import org.berth.web.security.CurrentActor;

/** Adds the audit entry for a change that was refused before it reached a boundary, which would have added its own. */
@RequestScoped
public class RefusalAudit {

    private static final int FORBIDDEN = 403;
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    @Inject
    private HttpServletRequest request;

    @Inject
    private CurrentActor current;

    @Inject
    private AuditTrail trail;

    @Inject
    private AuditLog log;

    /**
     * Notes that the request ended with these problems.
     *
     * @param way by which it came: {@code api} or {@code page}
     */
    public void add(String way, List<Problem> problems, int status) {
        var changes = !READING.contains(request.getMethod());
        if (trail.isWritten() || !current.isKnown() || !changes && status != FORBIDDEN) {
            return;
        }
        var target = new Target("request", 0, request.getMethod() + " " + request.getRequestURI());
        var why = problems.stream()
                .map(problem -> problem.code() + " " + problem.field() + " " + problem.args())
                .collect(Collectors.joining("; "));
        log.record(
                current.actor(), way + ":request", target, status == FORBIDDEN ? Result.DENIED : Result.REFUSED, why);
    }
}
