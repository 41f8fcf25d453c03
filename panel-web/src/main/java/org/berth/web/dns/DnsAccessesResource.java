package org.berth.web.dns;

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
import java.util.List;
import java.util.Optional;
import org.berth.dns.DnsAccessDraft;
import org.berth.dns.DnsAccesses;
import org.berth.dns.DnsKind;
import org.berth.dns.DnsTest;
import org.berth.platform.Page;
import org.berth.web.platform.Api;
import org.berth.web.platform.Rows;
import org.berth.web.security.CurrentActor;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Ways to write records at name servers. */
@Path("dns-accesses")
@RequestScoped
@Tag(name = "certificates")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class DnsAccessesResource {

    @Inject
    private DnsAccesses accesses;

    @Inject
    private CurrentActor current;

    /** A DNS access as it shall be; a secret that is missing stays as it is. */
    public record Access(
            @NotNull String name,
            @NotNull String kind,
            Optional<List<String>> zones,
            Optional<String> server,
            Optional<String> account,
            Optional<String> algorithm,
            Optional<String> secret,
            boolean offered) {

        DnsAccessDraft draft() {
            return new DnsAccessDraft(
                    name, DnsKind.of(kind), zones.orElse(List.of()), server, account, algorithm, secret, offered);
        }
    }

    @GET
    @Operation(
            summary = "List the ways to write records at name servers",
            description = "For administrators, as all of this. Secrets are never told")
    public Rows<DnsAccessJson> list() {
        var all = accesses.list(current.actor());
        return Rows.of(new Page<>(all, all.size()), DnsAccessJson::of);
    }

    @POST
    @Operation(
            summary = "Add a DNS access",
            description = "kind is rfc2136, powerdns, acme-dns, cloudflare, hetzner or hook")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = DnsAccessJson.class)))
    public Response create(@Valid @NotNull Access access) {
        var made = accesses.create(current.actor(), access.draft());
        return Response.created(URI.create(Api.PATH + "/dns-accesses/" + made.id()))
                .entity(DnsAccessJson.of(made))
                .build();
    }

    @GET
    @Path("{access}")
    @Operation(summary = "Show a DNS access")
    public DnsAccessJson find(@PathParam("access") String access) {
        return DnsAccessJson.of(accesses.find(current.actor(), access));
    }

    @PUT
    @Path("{access}")
    @Operation(summary = "Change a DNS access", description = "At another address the secret has to be given again")
    public DnsAccessJson update(@PathParam("access") String access, @Valid @NotNull Access wanted) {
        return DnsAccessJson.of(accesses.update(current.actor(), access, wanted.draft()));
    }

    @POST
    @Path("{access}/test")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Try a DNS access",
            description = "Writes a random record in each zone, looks for it at all its name servers, and removes it")
    public DnsTest test(@PathParam("access") String access) {
        return accesses.test(current.actor(), access);
    }

    @DELETE
    @Path("{access}")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Forget a DNS access that no site uses")
    public void delete(@PathParam("access") String access) {
        accesses.delete(current.actor(), access);
    }
}
