package org.berth.web.frame;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.berth.platform.BerthException;
import org.berth.platform.Denied;
import org.berth.platform.Problem;
import org.berth.web.platform.RefusalAudit;

/** Has what pages refuse told in the audit log, unless a boundary has told it already. */
@RequestScoped
class PageRefusals {

    private static final int UNPROCESSABLE = 422;

    @Inject
    private RefusalAudit audit;

    /** An action was refused. */
    void add(BerthException refusal) {
        add(refusal.problems(), refusal instanceof Denied ? HttpServletResponse.SC_FORBIDDEN : UNPROCESSABLE);
    }

    /** A form was, by Faces, before its action. */
    void add(List<Problem> problems) {
        add(problems, UNPROCESSABLE);
    }

    private void add(List<Problem> problems, int status) {
        audit.add("page", problems, status);
    }
}
