package org.berth.web.certificates;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.berth.certificates.Certificates;
import org.berth.certificates.FoundCertificates;
import org.berth.web.jobs.JobJson;
import org.berth.web.platform.PageQuery;
import org.berth.web.platform.Rows;
import org.berth.web.security.CurrentActor;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Certificates of all sites. */
@Path("certificates")
@RequestScoped
@Tag(name = "certificates", description = "Certificates of sites, issued by an authority and renewed by the clock")
@Produces(MediaType.APPLICATION_JSON)
public class CertificatesResource {

    @Inject
    private Certificates certificates;

    @Inject
    private CurrentActor current;

    @Inject
    private FoundCertificates found;

    @GET
    @Operation(
            summary = "List the certificates of all sites",
            description = "Sort: site, owner, authority, notAfter, nextAt, failures."
                    + " Filters: attention (true), authority, owner. For administrators")
    public Rows<CertificateRowJson> list(@BeanParam PageQuery page) {
        return Rows.of(
                certificates.list(current.actor(), page.request()),
                row -> CertificateRowJson.of(row, current.locale()));
    }

    /** The jobs that do it, one a site; none where no site that signed its own could have one. */
    public record ImportsJson(List<JobJson> jobs) {}

    @GET
    @Path("found")
    @Operation(
            summary = "List the certificates that certbot and acme.sh keep on this host",
            description = "Each with the sites that it is for, or why none can have it. For administrators")
    public FoundJson found() {
        return FoundJson.of(found.list(current.actor()), current.locale());
    }

    @POST
    @Path("import")
    @Operation(
            summary = "Take over what certbot and acme.sh keep on this host",
            description =
                    "Starts a job for each site that signed its own certificate and could have one of them: the one"
                            + " for most of its names. For administrators")
    @APIResponse(
            responseCode = "202",
            description = "The jobs that do it",
            content = @Content(schema = @Schema(implementation = ImportsJson.class)))
    public Response takeAll() {
        var jobs = found.takeAll(current.actor()).stream()
                .map(job -> JobJson.of(job, current.locale()))
                .toList();
        return Response.accepted(new ImportsJson(jobs)).build();
    }
}
