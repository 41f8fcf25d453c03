package org.berth.jobs;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.berth.platform.Problem;

/** JSON in columns. */
public final class Json {

    /** Asked for by each call it is looked for in every jar, which takes longer than to read a column. */
    private static final JsonProvider PROVIDER = JsonProvider.provider();

    private static final int LONGEST_ARGS = 2000;
    private static final String CUT = "…";

    private Json() {}

    /** An object as a column holds it. */
    public static JsonObject object(String text) {
        try (var reader = PROVIDER.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    /** A list of texts as a column holds it. */
    public static String texts(List<String> texts) {
        return PROVIDER.createArrayBuilder(texts).build().toString();
    }

    /**
     * What a problem is told with, as a column of 2,000 characters holds it: what is longest is cut short, since half of a
     * list of names tells more than none.
     */
    public static String args(Problem problem) {
        var args = new ArrayList<>(problem.args());
        var text = texts(args);
        while (text.length() > LONGEST_ARGS) {
            var longest = args.stream().mapToInt(String::length).max().orElseThrow();
            var where = IntStream.range(0, args.size())
                    .filter(each -> args.get(each).length() == longest)
                    .findFirst()
                    .orElseThrow();
            if (longest <= CUT.length()) {
                return texts(List.of());
            }
            // Some letters are written with six.
            var kept = Math.max(longest / 2, longest - (text.length() - LONGEST_ARGS) - CUT.length());
            args.set(where, args.get(where).substring(0, kept) + CUT);
            text = texts(args);
        }
        return text;
    }

    /** None where somebody has changed the column by hand: lists show its row all the same. */
    public static List<String> texts(String column) {
        if (column == null) {
            return List.of();
        }
        try (var reader = PROVIDER.createReader(new StringReader(column))) {
            return List.copyOf(reader.readArray().getValuesAs(JsonString::getString));
        } catch (JsonException | ClassCastException other) {
            return List.of();
        }
    }
}
