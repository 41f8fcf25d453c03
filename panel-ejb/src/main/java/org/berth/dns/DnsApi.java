package org.berth.dns;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.berth.platform.OutboundHttp;

/**
 * An API over HTTP that speaks JSON. Its address is an administrator's; where that leads elsewhere it is not followed, and
 * of an answer no more is read than such an API ever says.
 */
final class DnsApi {

    private static final Duration CONNECTS_WITHIN = Duration.ofSeconds(5);
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(20);

    /** A zone of a hundred thousand records, which old versions of PowerDNS tell whole. */
    private static final int LONGEST = 32 * 1024 * 1024;

    private static final int FIRST_FAILURE = 300;

    private final String base;
    private final Map<String, String> headers;
    private final HttpClient client = new OutboundHttp(
            HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(CONNECTS_WITHIN)
                    .build(),
            ANSWERS_WITHIN);

    /**
     * Asks nothing yet.
     *
     * @param base what all addresses begin with
     * @param headers sent with each request, such as who asks
     */
    DnsApi(URI base, Map<String, String> headers) {
        this.base = base.toString().replaceAll("/+$", "");
        this.headers = Map.copyOf(headers);
    }

    /**
     * What it answered.
     *
     * @param body an empty object where there is none, or something else
     */
    record Answer(int status, JsonObject body) {

        boolean isGood() {
            return status < FIRST_FAILURE;
        }
    }

    /** Asks, and takes any answer. */
    Answer ask(String method, String path, JsonObject body) {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(ANSWERS_WITHIN)
                .header("Accept", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
        headers.forEach(request::header);
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        try {
            var answer = client.send(request.build(), BodyHandlers.ofInputStream());
            try (var said = answer.body()) {
                return new Answer(answer.statusCode(), object(said.readNBytes(LONGEST)));
            }
        } catch (IOException broken) {
            throw DnsFailure.unreachable(base, broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw DnsFailure.unreachable(base, stopped);
        }
    }

    Answer get(String path) {
        return ask("GET", path, JsonObject.EMPTY_JSON_OBJECT);
    }

    /** Asks, and fails when it refuses. */
    JsonObject require(String what, Answer answer) {
        if (!answer.isGood()) {
            throw refused(what, answer);
        }
        return answer.body();
    }

    /** What a good answer lists; one without is as good as a refusal. */
    List<JsonObject> list(String what, Answer answer, String key) {
        return list(what, answer, require(what, answer), key);
    }

    /** What a part of an answer lists. */
    List<JsonObject> list(String what, Answer answer, JsonObject part, String key) {
        if (part.get(key) instanceof JsonArray all) {
            return all.stream()
                    .filter(JsonObject.class::isInstance)
                    .map(JsonObject.class::cast)
                    .toList();
        }
        throw refused(what, answer);
    }

    /** A part of a good answer. */
    JsonObject part(String what, Answer answer, String key) {
        if (require(what, answer).get(key) instanceof JsonObject part) {
            return part;
        }
        throw refused(what, answer);
    }

    DnsFailure refused(String what, Answer answer) {
        return DnsFailure.refused(base, what, "HTTP " + answer.status() + " " + answer.body());
    }

    private static JsonObject object(byte[] text) {
        try (var reader = Json.createReader(new StringReader(new String(text, StandardCharsets.UTF_8)))) {
            return reader.readObject();
        } catch (JsonException | IllegalStateException other) {
            return JsonObject.EMPTY_JSON_OBJECT;
        }
    }
}
