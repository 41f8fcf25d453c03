package org.berth.web.audit;

import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.berth.audit.AuditLog;
import org.berth.audit.AuditView;
import org.berth.web.platform.PageQuery;
import org.berth.web.platform.Rows;
import org.berth.web.security.CurrentActor;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who did what; never changed through the API. */
@Path("audit")
@Tag(name = "audit", description = "Who did what, when, from where, with which result")
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {

    @Inject
    private AuditLog log;

    @Inject
    private CurrentActor current;

    @GET
    @Operation(
            summary = "List audit entries, the newest first",
            description = "Sort: at, actor, action, target, result. Filters: actor, action, type, id, result, via")
    public Rows<AuditView> list(@BeanParam PageQuery page) {
        return Rows.of(log.list(current.actor(), page.request()), entry -> entry);
    }
}
