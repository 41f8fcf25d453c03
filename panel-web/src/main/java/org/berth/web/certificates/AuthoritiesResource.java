package org.berth.web.certificates;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.berth.certificates.AcmeDirectories;
import org.berth.certificates.DirectoryDraft;
import org.berth.certificates.DirectoryFacts;
import org.berth.certificates.DirectoryView;
import org.berth.platform.Page;
import org.berth.web.platform.Api;
import org.berth.web.platform.Rows;
import org.berth.web.security.CurrentActor;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Authorities that issue certificates. */
@Path("certificate-authorities")
@RequestScoped
@Tag(name = "certificates")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AuthoritiesResource {

    @Inject
    private AcmeDirectories directories;

    @Inject
    private CurrentActor current;

    /**
     * An authority as it shall be; a key that is missing stays as it is.
     *
     * @param automatic stays as it is if it is missing, and is true at first
     */
    public record Authority(
            @NotNull String name,
            @NotNull String url,
            Optional<String> email,
            Optional<String> profile,
            Optional<String> roots,
            boolean termsAgreed,
            Optional<Boolean> automatic,
            Optional<String> externalKeyId,
            Optional<String> externalKey) {

        DirectoryDraft draft() {
            return new DirectoryDraft(
                    name, url, email, profile, roots, termsAgreed, automatic, externalKeyId, externalKey);
        }
    }

    @GET
    @Operation(summary = "List the authorities, the default first", description = "For administrators, as all of this")
    public Rows<DirectoryView> list() {
        var all = directories.list(current.actor());
        return Rows.of(new Page<>(all, all.size()), authority -> authority);
    }

    @POST
    @Operation(summary = "Add an authority")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = DirectoryView.class)))
    public Response create(@Valid @NotNull Authority authority) {
        var made = directories.create(current.actor(), authority.draft());
        return Response.created(URI.create(Api.PATH + "/certificate-authorities/" + made.id()))
                .entity(made)
                .build();
    }

    @GET
    @Path("{authority}")
    @Operation(summary = "Show an authority")
    public DirectoryView find(@PathParam("authority") String authority) {
        return directories.find(current.actor(), authority);
    }

    @GET
    @Path("{authority}/facts")
    @Operation(summary = "Ask an authority where its terms are and what it wants")
    public DirectoryFacts facts(@PathParam("authority") String authority) {
        return directories.facts(current.actor(), authority);
    }

    @PUT
    @Path("{authority}")
    @Operation(summary = "Change an authority", description = "At another address Berth has another account")
    public DirectoryView update(@PathParam("authority") String authority, @Valid @NotNull Authority wanted) {
        return directories.update(current.actor(), authority, wanted.draft());
    }

    @POST
    @Path("{authority}/default")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Make it the authority of sites that choose none")
    public DirectoryView makeDefault(@PathParam("authority") String authority) {
        return directories.makeDefault(current.actor(), authority);
    }

    @POST
    @Path("{authority}/account")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Have another account made there",
            description =
                    "With another key, when something is ordered next; such as because the authority closed the account")
    public DirectoryView renewAccount(@PathParam("authority") String authority) {
        return directories.renewAccount(current.actor(), authority);
    }

    @DELETE
    @Path("{authority}")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Forget an authority that nothing came from")
    public void delete(@PathParam("authority") String authority) {
        directories.delete(current.actor(), authority);
    }
}
