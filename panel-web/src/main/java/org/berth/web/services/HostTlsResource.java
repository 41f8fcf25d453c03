package org.berth.web.services;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.berth.services.HostTls;
import org.berth.services.TlsChoice;
import org.berth.services.TlsProfile;
import org.berth.web.jobs.JobJson;
import org.berth.web.platform.Api;
import org.berth.web.security.CurrentActor;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What all sites take of TLS; for administrators. */
@Path("host/tls")
@RequestScoped
@Tag(name = "host", description = "What is chosen for all sites of the host")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class HostTlsResource {

    @Inject
    private HostTls tls;

    @Inject
    private CurrentActor current;

    /**
     * What all sites take.
     *
     * @param profile intermediate (TLS 1.2 and 1.3) or modern (TLS 1.3 alone)
     */
    public record TlsJson(String profile) {}

    /**
     * What all sites are to take.
     *
     * @param profile intermediate or modern
     * @param confirmed that modern leaves older browsers out, and is wanted all the same
     */
    public record TlsBody(@NotNull String profile, boolean confirmed) {

        TlsChoice choice() {
            return new TlsChoice(TlsProfile.of(profile), confirmed);
        }
    }

    @GET
    @Operation(summary = "Show which versions of TLS all sites take")
    public TlsJson find() {
        return new TlsJson(tls.profile(current.actor()).text());
    }

    @PUT
    @Operation(
            summary = "Choose which versions of TLS all sites take",
            description = "intermediate is TLS 1.2 and 1.3; modern, TLS 1.3 alone, leaves older browsers out and needs"
                    + " confirmed")
    @APIResponse(
            responseCode = "202",
            description = "The job that does it",
            content = @Content(schema = @Schema(implementation = JobJson.class)))
    public Response choose(@Valid @NotNull TlsBody wanted) {
        var job = tls.choose(current.actor(), wanted.choice());
        return Response.accepted(JobJson.of(job, current.locale()))
                .location(URI.create(Api.PATH + "/jobs/" + job.id()))
                .build();
    }
}
