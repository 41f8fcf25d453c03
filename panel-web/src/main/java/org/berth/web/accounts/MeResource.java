package org.berth.web.accounts;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.berth.security.Role;
import org.berth.security.Via;
import org.berth.web.security.CurrentActor;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** As whom a caller is seen. */
@Path("me")
@Tag(name = "me", description = "As whom you are seen")
@Produces(MediaType.APPLICATION_JSON)
public class MeResource {

    @Inject
    private CurrentActor current;

    /** The caller: root on the host has a role but no account. */
    public record Me(String login, Role role, Via via, String address, Optional<UserJson> account) {}

    @GET
    @Operation(summary = "Show as whom you are seen")
    public Me show() {
        var actor = current.actor();
        return new Me(
                actor.name(),
                actor.role(),
                actor.via(),
                actor.address(),
                current.account().map(UserJson::of));
    }
}
