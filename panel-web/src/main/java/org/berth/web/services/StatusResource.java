package org.berth.web.services;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.berth.host.VerbFailure;
import org.berth.services.Health;
import org.berth.services.HostStatus;
import org.berth.services.Release;
import org.berth.web.security.CurrentActor;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How the host and Berth itself fare; for administrators. */
@Path("status")
@RequestScoped
@Tag(name = "status", description = "The host and Berth itself")
@Produces(MediaType.APPLICATION_JSON)
public class StatusResource {

    @Inject
    private HostStatus status;

    @Inject
    private Health health;

    @Inject
    private CurrentActor current;

    /**
     * How everything is.
     *
     * @param host missing when the host cannot be asked; the health says why
     */
    public record StatusJson(String version, HealthJson health, Optional<HostJson> host) {}

    @GET
    @Operation(summary = "Show the version, the health with its reasons, and the host")
    public StatusJson status() {
        return new StatusJson(Release.VERSION, HealthJson.of(health.view(current.actor()), current.locale()), host());
    }

    private Optional<HostJson> host() {
        try {
            return Optional.of(HostJson.of(status.host(current.actor())));
        } catch (VerbFailure unreachable) {
            // The reasons of the health say it already, and the rest is wanted all the more.
            return Optional.empty();
        }
    }
}
