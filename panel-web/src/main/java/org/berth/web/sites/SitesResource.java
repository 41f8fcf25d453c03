package org.berth.web.sites;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.berth.jobs.JobView;
import org.berth.sites.NameCheck;
import org.berth.sites.Sites;
import org.berth.web.jobs.JobJson;
import org.berth.web.jobs.ReasonJson;
import org.berth.web.platform.Api;
import org.berth.web.platform.PageQuery;
import org.berth.web.platform.Rows;
import org.berth.web.security.CurrentActor;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Sites. */
@Path("sites")
@RequestScoped
@Tag(name = "sites", description = "{site} is an id or a name; what changes a site answers with the job that does it")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SitesResource {

    private static final String STARTED = "The job that does it";

    @Inject
    private Sites sites;

    @Inject
    private CurrentActor current;

    @Inject
    @ConfigProperty(name = "berth.panel.host", defaultValue = "localhost")
    private String panelHost;

    @Inject
    @ConfigProperty(name = "berth.panel.port", defaultValue = "8443")
    private int panelPort;

    /** Whether a name is free, and why not. */
    public record NameCheckJson(String name, String unicodeName, boolean free, Optional<ReasonJson> problem) {}

    /** Where a site can be seen for a while. */
    public record PreviewJson(String url, Instant expiresAt) {}

    /** A secret. */
    public record PasswordJson(String password) {}

    @GET
    @Operation(
            summary = "List sites",
            description = "Sort: id, name, type, state, phpVersion, owner, createdAt. Filters: state, type, owner")
    public Rows<SiteRowJson> list(@BeanParam PageQuery page) {
        return Rows.of(sites.list(current.actor(), page.request()), SiteRowJson::of);
    }

    @POST
    @Operation(summary = "Make a site", description = "With an Idempotency-Key, asking again makes no second site")
    @APIResponse(
            responseCode = "202",
            description = STARTED,
            content = @Content(schema = @Schema(implementation = JobJson.class)))
    public Response create(@Valid @NotNull SiteBody.NewSite site, @HeaderParam("Idempotency-Key") String key) {
        return accepted(sites.create(
                current.actor(), site.draft(Optional.ofNullable(key).filter(named -> !named.isBlank()))));
    }

    @GET
    @Path("name-check")
    @Operation(summary = "Say whether a name could be taken")
    public NameCheckJson checkName(@QueryParam("name") @DefaultValue("") String name) {
        return check(sites.checkName(current.actor(), name));
    }

    @GET
    @Path("{site}")
    @Operation(summary = "Show a site with everything about it")
    public SiteJson find(@PathParam("site") String site) {
        return SiteJson.of(sites.find(current.actor(), site), current.locale());
    }

    @PATCH
    @Path("{site}")
    @Operation(
            summary = "Change PHP version, www, aliases or the way to HTTPS",
            description = "What may lock visitors out, or cannot be taken back from browsers, needs confirmed")
    @APIResponse(
            responseCode = "202",
            description = STARTED,
            content = @Content(schema = @Schema(implementation = JobJson.class)))
    public Response update(@PathParam("site") String site, @NotNull SiteBody.Change change) {
        return accepted(sites.update(current.actor(), site, change.wanted()));
    }

    @DELETE
    @Path("{site}")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Take a site offline and keep it for 30 days")
    @APIResponse(
            responseCode = "202",
            description = STARTED,
            content = @Content(schema = @Schema(implementation = JobJson.class)))
    public Response delete(@PathParam("site") String site) {
        return accepted(sites.delete(current.actor(), site));
    }

    @POST
    @Path("{site}/suspend")
    @Operation(summary = "Show visitors that the site is suspended")
    @APIResponse(
            responseCode = "202",
            description = STARTED,
            content = @Content(schema = @Schema(implementation = JobJson.class)))
    public Response suspend(@PathParam("site") String site, @NotNull SiteBody.Suspension suspension) {
        return accepted(sites.suspend(
                current.actor(), site, Optional.ofNullable(suspension.reason()).orElse("")));
    }

    @POST
    @Path("{site}/resume")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "End a suspension")
    @APIResponse(
            responseCode = "202",
            description = STARTED,
            content = @Content(schema = @Schema(implementation = JobJson.class)))
    public Response resume(@PathParam("site") String site) {
        return accepted(sites.resume(current.actor(), site));
    }

    @POST
    @Path("{site}/restore")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Bring a deleted site back")
    @APIResponse(
            responseCode = "202",
            description = STARTED,
            content = @Content(schema = @Schema(implementation = JobJson.class)))
    public Response restore(@PathParam("site") String site) {
        return accepted(sites.restore(current.actor(), site));
    }

    @POST
    @Path("{site}/purge")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Remove a deleted site for good, now")
    @APIResponse(
            responseCode = "202",
            description = STARTED,
            content = @Content(schema = @Schema(implementation = JobJson.class)))
    public Response purge(@PathParam("site") String site) {
        return accepted(sites.purge(current.actor(), site));
    }

    @POST
    @Path("{site}/preview")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Make a link that shows the site before its names lead here")
    public PreviewJson preview(@PathParam("site") String site) {
        var link = sites.preview(current.actor(), site);
        return new PreviewJson("https://" + panelHost + ":" + panelPort + link.path(), link.expiresAt());
    }

    @POST
    @Path("{site}/database-password")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Tell the password of the site's database", description = "The audit knows who asked")
    public PasswordJson databasePassword(@PathParam("site") String site) {
        return new PasswordJson(sites.databasePassword(current.actor(), site));
    }

    private NameCheckJson check(NameCheck check) {
        return new NameCheckJson(
                check.ascii(),
                check.display(),
                check.isFree(),
                check.problem().map(problem -> ReasonJson.of(problem, current.locale())));
    }

    private Response accepted(JobView job) {
        return Response.accepted(JobJson.of(job, current.locale()))
                .location(URI.create(Api.PATH + "/jobs/" + job.id()))
                .build();
    }
}
