package org.berth.web.people;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import org.berth.accounts.AccountView;
import org.berth.accounts.Accounts;
import org.berth.platform.Page;
import org.berth.security.Permission;
import org.berth.web.frame.ListQuery;
import org.berth.web.security.CurrentActor;

/** Everybody who can log in. */
@Named
@RequestScoped
public class PeopleListBacking {

    @Inject
    private CurrentActor current;

    @Inject
    private HttpServletRequest request;

    @Inject
    private Accounts accounts;

    private ListQuery query;
    private Page<AccountView> page;

    @PostConstruct
    void init() {
        query = ListQuery.of(request, "/people", "state", "role");
    }

    public ListQuery getQuery() {
        return query;
    }

    public Page<AccountView> getPage() {
        if (page == null) {
            current.actor().require(Permission.on("user", "create"));
            page = accounts.list(current.actor(), query.request());
        }
        return page;
    }
}
