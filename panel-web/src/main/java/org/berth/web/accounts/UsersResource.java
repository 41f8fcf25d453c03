package org.berth.web.accounts;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.berth.accounts.AccountChange;
import org.berth.accounts.AccountDraft;
import org.berth.accounts.Accounts;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;
import org.berth.security.Role;
import org.berth.web.platform.Api;
import org.berth.web.platform.PageQuery;
import org.berth.web.platform.Rows;
import org.berth.web.security.CurrentActor;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** People. Administrators see everybody, others themselves. */
@Path("users")
@Tag(name = "users", description = "People; {user} is a login or an id")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class UsersResource {

    @Inject
    private Accounts accounts;

    @Inject
    private CurrentActor current;

    /** An account to make. */
    public record NewUser(
            @NotNull String login,
            @NotNull String displayName,
            Optional<String> email,
            @NotNull String role) {}

    /** What shall change; a key that is missing stays as it is. */
    public record UserChange(Optional<String> displayName, Optional<String> email, Optional<String> role) {}

    /** A password for one login. */
    public record OneTimePasswordJson(String login, String oneTimePassword, Instant expiresAt) {}

    @GET
    @Operation(
            summary = "List people",
            description = "Sort: login, name, role, state, created, lastLogin. Filters: role, state")
    public Rows<UserJson> list(@BeanParam PageQuery page) {
        return Rows.of(accounts.list(current.actor(), page.request()), UserJson::of);
    }

    @POST
    @Operation(summary = "Make an account", description = "The answer has the password for the first login")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = UserJson.class)))
    public Response create(@Valid @NotNull NewUser user) {
        var draft =
                new AccountDraft(user.login(), user.displayName(), user.email().orElse(""), role(user.role()));
        var made = accounts.create(current.actor(), draft);
        var address = URI.create(Api.PATH + "/users/" + made.account().id());
        return Response.created(address).entity(UserJson.of(made)).build();
    }

    @GET
    @Path("{user}")
    @Operation(summary = "Show an account")
    public UserJson find(@PathParam("user") String user) {
        return UserJson.of(accounts.find(current.actor(), user));
    }

    @PATCH
    @Path("{user}")
    @Operation(summary = "Change name, address or role")
    public UserJson update(@PathParam("user") String user, @NotNull UserChange change) {
        var wanted = new AccountChange(
                change.displayName(), change.email(), change.role().map(UsersResource::role));
        return UserJson.of(accounts.update(current.actor(), user, wanted));
    }

    @POST
    @Path("{user}/reset-password")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Replace a password by one for a single login")
    public OneTimePasswordJson resetPassword(@PathParam("user") String user) {
        var password = accounts.resetPassword(current.actor(), user);
        return new OneTimePasswordJson(password.login(), password.password(), password.expiresAt());
    }

    @POST
    @Path("{user}/disable")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Shut somebody out",
            description = "Ends their sessions and suspends their tokens; sites go on")
    public UserJson disable(@PathParam("user") String user) {
        return UserJson.of(accounts.disable(current.actor(), user));
    }

    @POST
    @Path("{user}/enable")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Let somebody in again")
    public UserJson enable(@PathParam("user") String user) {
        return UserJson.of(accounts.enable(current.actor(), user));
    }

    private static Role role(String text) {
        try {
            return Role.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new InvalidInput(Problem.of("role-unknown", text).at("role"));
        }
    }
}
