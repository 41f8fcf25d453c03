package org.berth.system;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.http.HttpResponse;

/** An answer of the REST API. */
record Answer(int status, String type, String body, HttpResponse<String> response) {

    static Answer of(HttpResponse<String> response) {
        var type = response.headers().firstValue("Content-Type").orElse("");
        return new Answer(response.statusCode(), type, response.body(), response);
    }

    JsonObject json() {
        try (var reader = Json.createReader(new StringReader(body))) {
            return reader.readObject();
        }
    }

    JsonArray items() {
        return json().getJsonArray("items");
    }

    /** This, if the status is the expected one. */
    Answer expect(int expected) {
        if (status != expected) {
            throw new AssertionError(
                    "expected " + expected + " from " + response.request().method() + " "
                            + response.uri().getPath() + " but got " + status + ": " + body);
        }
        return this;
    }

    /** Everything in the body that does not differ from request to request: without the reference and the asked name. */
    String withoutReference() {
        return body.replaceAll("\"(reference|instance)\":\"[^\"]*\"", "");
    }
}
