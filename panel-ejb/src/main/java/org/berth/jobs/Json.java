package org.berth.jobs;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.util.List;

/** JSON in the columns of jobs. */
final class Json {

    private Json() {}

    static JsonObject object(String text) {
        try (var reader = jakarta.json.Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    static String texts(List<String> texts) {
        return jakarta.json.Json.createArrayBuilder(texts).build().toString();
    }

    static List<String> texts(String column) {
        try (var reader = jakarta.json.Json.createReader(new StringReader(column))) {
            JsonArray array = reader.readArray();
            return array.getValuesAs(JsonString::getString);
        }
    }
}
