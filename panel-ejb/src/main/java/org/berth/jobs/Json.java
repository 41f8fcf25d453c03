package org.berth.jobs;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.util.List;

/** JSON in columns. */
public final class Json {

    private Json() {}

    /** An object as a column holds it. */
    public static JsonObject object(String text) {
        try (var reader = jakarta.json.Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    /** A list of texts as a column holds it. */
    public static String texts(List<String> texts) {
        return jakarta.json.Json.createArrayBuilder(texts).build().toString();
    }

    /** None where somebody has changed the column by hand: lists show its row all the same. */
    public static List<String> texts(String column) {
        if (column == null) {
            return List.of();
        }
        try (var reader = jakarta.json.Json.createReader(new StringReader(column))) {
            return List.copyOf(reader.readArray().getValuesAs(JsonString::getString));
        } catch (JsonException | ClassCastException other) {
            return List.of();
        }
    }
}
