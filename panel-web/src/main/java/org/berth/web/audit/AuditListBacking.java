package org.berth.web.audit;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import org.berth.audit.AuditLog;
import org.berth.audit.AuditView;
import org.berth.audit.Target;
import org.berth.platform.Page;
import org.berth.web.frame.ListQuery;
import org.berth.web.security.CurrentActor;

/** Who did what, the newest first. */
@Named
@RequestScoped
public class AuditListBacking {

    @Inject
    private CurrentActor current;

    @Inject
    private HttpServletRequest request;

    @Inject
    private AuditLog audit;

    private ListQuery query;
    private Page<AuditView> page;

    @PostConstruct
    void init() {
        query = ListQuery.of(request, "/audit", "result", "via", "actor", "action", "type", "id");
    }

    public ListQuery getQuery() {
        return query;
    }

    public Page<AuditView> getPage() {
        if (page == null) {
            page = audit.list(current.actor(), query.request());
        }
        return page;
    }

    /** Page of what an action was on, empty when there is none for this reader. */
    public String link(Target target) {
        if (target.type().equals("site") && target.id() != 0) {
            return "/sites/" + target.id();
        }
        return target.type().equals("user")
                        && target.id() != 0
                        && current.actor().isAdministrator()
                ? "/people/" + target.id()
                : "";
    }
}
