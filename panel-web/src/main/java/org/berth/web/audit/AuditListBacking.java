package org.berth.web.audit;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.stream.Collectors;
import org.berth.audit.AuditLog;
import org.berth.audit.AuditView;
import org.berth.audit.Target;
import org.berth.platform.Page;
import org.berth.sites.Sites;
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

    @Inject
    private Sites sites;

    private ListQuery query;
    private Page<AuditView> page;
    private Set<Long> sitesThere;

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

    /** Sites of the page that are still there: entries outlive them. */
    private boolean isThere(long site) {
        if (sitesThere == null) {
            var named = getPage().rows().stream()
                    .map(AuditView::target)
                    .filter(target -> target.type().equals("site"))
                    .map(Target::id)
                    .collect(Collectors.toSet());
            sitesThere = sites.there(current.actor(), named);
        }
        return sitesThere.contains(site);
    }

    /** Page of what an action was on, empty when there is none for this reader. */
    public String link(Target target) {
        if (target.type().equals("site")) {
            return isThere(target.id()) ? "/sites/" + target.id() : "";
        }
        return target.type().equals("user")
                        && target.id() != 0
                        && current.actor().isAdministrator()
                ? "/people/" + target.id()
                : "";
    }
}
