package org.berth.web.jobs;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import org.berth.jobs.Jobs;
import org.berth.web.platform.PageQuery;
import org.berth.web.platform.Rows;
import org.berth.web.security.CurrentActor;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Jobs. */
@Path("jobs")
@RequestScoped
@Tag(name = "jobs", description = "Work that takes longer than a request")
@Produces(MediaType.APPLICATION_JSON)
public class JobsResource {

    private static final String ONE = "{id: [0-9]{1,18}}";

    @Inject
    private Jobs jobs;

    @Inject
    private JobEvents events;

    @Inject
    private CurrentActor current;

    @GET
    @Operation(
            summary = "List jobs, newest first, without their steps",
            description = "Sort: id, type, site, state, createdAt. Filters: state, type, site (id)")
    public Rows<JobJson> list(@BeanParam PageQuery page) {
        return Rows.of(jobs.list(current.actor(), page.request()), job -> JobJson.of(job, current.locale()));
    }

    @GET
    @Path(ONE)
    @Operation(summary = "Show a job with its steps")
    public JobJson find(@PathParam("id") long id) {
        return JobJson.of(jobs.find(current.actor(), id), current.locale());
    }

    @GET
    @Path(ONE + "/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "Follow a job",
            description = "Server-sent events: the data of each is the whole job; the answer ends when the job is over")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(implementation = JobJson.class)))
    public void events(@PathParam("id") long id, @Context SseEventSink sink, @Context Sse sse) {
        events.follow(new JobFollower(current.actor(), id, current.locale(), sink, sse));
    }

    @POST
    @Path(ONE + "/retry")
    @Operation(summary = "Go on with a failed job from the step that failed")
    public JobJson retry(@PathParam("id") long id) {
        return JobJson.of(jobs.retry(current.actor(), id), current.locale());
    }

    @POST
    @Path(ONE + "/cancel")
    @Operation(summary = "Stop a job after its current step and take back what it did")
    public JobJson cancel(@PathParam("id") long id) {
        return JobJson.of(jobs.cancel(current.actor(), id), current.locale());
    }
}
