package org.berth.web.platform;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Locale;
import org.berth.platform.Problem;
import org.berth.platform.ProblemText;

/** A problem as the REST API tells it: {@code application/problem+json}, RFC 9457, with our three sentences. */
public final class ProblemBody {

    /** Media type of every answer that tells of a problem. */
    public static final String TYPE = "application/problem+json";

    private ProblemBody() {}

    /**
     * The body.
     *
     * @param problems at least one; several when several inputs are wrong
     * @param reference under which the log tells more
     */
    public static JsonObject of(List<Problem> problems, int status, Locale locale, String reference) {
        var first = problems.get(0);
        var text = ProblemText.of(first, locale);
        var body = Json.createObjectBuilder()
                .add("type", "/problems/" + first.code())
                .add("title", text.what())
                .add("status", status)
                .add("detail", text.why());
        sentences(body, first, text);
        var errors = Json.createArrayBuilder();
        problems.stream()
                .filter(problem -> !problem.field().isEmpty())
                .map(problem -> sentences(Json.createObjectBuilder(), problem, ProblemText.of(problem, locale)))
                .forEach(errors::add);
        return body.add("errors", errors).add("reference", reference).build();
    }

    private static JsonObjectBuilder sentences(JsonObjectBuilder body, Problem problem, ProblemText text) {
        if (!problem.field().isEmpty()) {
            body.add("field", problem.field());
        }
        return body.add("code", problem.code())
                .add("what", text.what())
                .add("why", text.why())
                .add("todo", text.todo());
    }
}
