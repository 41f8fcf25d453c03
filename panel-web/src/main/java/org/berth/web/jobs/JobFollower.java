package org.berth.web.jobs;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Locale;
import org.berth.jobs.JobView;
import org.berth.jobs.Jobs;
import org.berth.security.Actor;

/** Somebody who is told how one job goes on, over one open answer. */
class JobFollower {

    /** One line, as the lines of an event are its own. */
    private static final Jsonb JSON = JsonbBuilder.create();

    private final Actor actor;
    private final long job;
    private final Locale locale;
    private final SseEventSink sink;
    private final Sse sse;
    private int told = -1;

    JobFollower(Actor actor, long job, Locale locale, SseEventSink sink, Sse sse) {
        this.actor = actor;
        this.job = job;
        this.locale = locale;
        this.sink = sink;
        this.sse = sse;
    }

    long account() {
        return actor.accountId();
    }

    long job() {
        return job;
    }

    boolean isGone() {
        return sink.isClosed();
    }

    /** Tells the job as it is now, unless that was told already; ends the answer when the job is over. */
    synchronized void tell(Jobs jobs) {
        if (sink.isClosed()) {
            return;
        }
        var view = jobs.find(actor, job);
        if (view.revision() > told) {
            told = view.revision();
            send(view);
        }
        if (view.state().isOver()) {
            sink.close();
        }
    }

    /** Keeps the connection open through whatever is between, and finds out whether somebody still listens. */
    synchronized void greet() {
        if (!sink.isClosed()) {
            sink.send(sse.newEventBuilder().comment("").build());
        }
    }

    private void send(JobView view) {
        sink.send(sse.newEventBuilder()
                        .mediaType(MediaType.TEXT_PLAIN_TYPE)
                        .data(String.class, JSON.toJson(JobJson.of(view, locale)))
                        .build())
                .toCompletableFuture()
                .join();
    }
}
