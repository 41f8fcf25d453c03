package org.berth.web.certificates;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import org.berth.certificates.CertificateRow;
import org.berth.certificates.Certificates;
import org.berth.platform.Page;
import org.berth.web.frame.ListQuery;
import org.berth.web.security.CurrentActor;

/** The certificates of all sites, for administrators. */
@Named
@RequestScoped
public class CertificatesListBacking {

    @Inject
    private CurrentActor current;

    @Inject
    private HttpServletRequest request;

    @Inject
    private Certificates certificates;

    private ListQuery query;
    private Page<CertificateRow> page;

    @PostConstruct
    void init() {
        query = ListQuery.of(request, "/certificates", "attention", "authority", "owner");
    }

    public ListQuery getQuery() {
        return query;
    }

    public Page<CertificateRow> getPage() {
        if (page == null) {
            page = certificates.list(current.actor(), query.request());
        }
        return page;
    }
}
