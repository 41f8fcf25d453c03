package org.berth.web.accounts;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.berth.accounts.ApiTokens;
import org.berth.accounts.TokenDraft;
import org.berth.accounts.TokenView;
import org.berth.platform.NotFound;
import org.berth.platform.Problem;
import org.berth.web.platform.Api;
import org.berth.web.platform.PageQuery;
import org.berth.web.platform.Rows;
import org.berth.web.security.CurrentActor;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The caller's own tokens. */
@Path("tokens")
@Tag(name = "tokens", description = "Your own tokens for this API")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class TokensResource {

    @Inject
    private ApiTokens tokens;

    @Inject
    private CurrentActor current;

    /** A token to make; without days it does not expire. */
    public record TokenRequest(@NotNull String name, int expiresInDays) {}

    /** A token; the secret is shown in the answer that made it, and never again. */
    public record TokenJson(
            long id,
            String name,
            Instant createdAt,
            Optional<Instant> expiresAt,
            Optional<Instant> lastUsedAt,
            Optional<String> token) {

        static TokenJson of(TokenView view) {
            return of(view, Optional.empty());
        }

        static TokenJson of(TokenView view, Optional<String> secret) {
            return new TokenJson(view.id(), view.name(), view.createdAt(), view.expiresAt(), view.lastUsedAt(), secret);
        }
    }

    @GET
    @Operation(summary = "List your tokens", description = "Sort: name, created, lastUsed")
    public Rows<TokenJson> list(@BeanParam PageQuery page) {
        return Rows.of(tokens.list(current.actor(), page.request()), TokenJson::of);
    }

    @POST
    @Operation(summary = "Make a token")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = TokenJson.class)))
    public Response create(@Valid @NotNull TokenRequest token) {
        var made = tokens.create(current.actor(), new TokenDraft(token.name(), token.expiresInDays()));
        return Response.created(URI.create(Api.PATH + "/tokens/" + made.token().id()))
                .entity(TokenJson.of(made.token(), Optional.of(made.secret())))
                .build();
    }

    @DELETE
    @Path("{id}")
    @Operation(summary = "End a token at once")
    public void revoke(@PathParam("id") String id) {
        if (!id.matches("\\d{1,18}")) {
            throw new NotFound(Problem.of("token-unknown", id));
        }
        tokens.revoke(current.actor(), Long.parseLong(id));
    }
}
