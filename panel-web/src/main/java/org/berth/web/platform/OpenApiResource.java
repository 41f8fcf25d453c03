package org.berth.web.platform;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The API's own description, made from the resources when Berth is built. */
@Path("openapi.json")
@Tag(name = "openapi", description = "This description")
public class OpenApiResource {

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Describe the API")
    public InputStream describe() {
        return OpenApiResource.class.getResourceAsStream("openapi.json");
    }
}
