package org.berth.web.doctor;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.berth.doctor.Doctor;
import org.berth.web.jobs.JobJson;
import org.berth.web.security.CurrentActor;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The examination of Berth and its host; for administrators. */
@Path("doctor")
@RequestScoped
@Tag(name = "doctor", description = "Whether the host has what Berth has written down")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class DoctorResource {

    @Inject
    private Doctor doctor;

    @Inject
    private CurrentActor current;

    /**
     * What is to be repaired.
     *
     * @param site number or name; everything without it
     */
    public record RepairBody(Optional<String> site) {}

    /** The jobs that do it, one a site; none where nothing can be mended without a risk. */
    public record RepairsJson(List<JobJson> jobs) {}

    @GET
    @Operation(
            summary = "Say where the host differs from what Berth has written down",
            description = "Changes nothing. Sites that a job works on are named as busy and not looked at")
    public ReportJson examine() {
        return ReportJson.of(doctor.examine(current.actor()), current.locale());
    }

    @POST
    @Path("repair")
    @Operation(
            summary = "Mend what can be mended without a risk",
            description = "Examines again, then starts a job for each site of which something is repairable")
    @APIResponse(
            responseCode = "202",
            description = "The jobs that do it",
            content = @Content(schema = @Schema(implementation = RepairsJson.class)))
    public Response repair(@NotNull RepairBody wanted) {
        var jobs = doctor.repair(current.actor(), wanted.site()).stream()
                .map(job -> JobJson.of(job, current.locale()))
                .toList();
        return Response.accepted(new RepairsJson(jobs)).build();
    }
}
