package org.berth.web.settings;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.berth.settings.Plans;
import org.berth.web.platform.Rows;
import org.berth.web.security.CurrentActor;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Plans. */
@Path("plans")
@RequestScoped
@Tag(name = "plans", description = "How much a site may use")
@Produces(MediaType.APPLICATION_JSON)
public class PlansResource {

    @Inject
    private Plans plans;

    @Inject
    private CurrentActor current;

    @GET
    @Operation(summary = "List all plans, the default first")
    public Rows<PlanJson> list() {
        var all = plans.list(current.actor()).stream().map(PlanJson::of).toList();
        return new Rows<>(all, all.size());
    }
}
