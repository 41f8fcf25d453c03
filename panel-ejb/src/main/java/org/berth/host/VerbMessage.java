package org.berth.host;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import org.berth.host.VerbFailure.Kind;
import org.berth.platform.Problem;

/** The JSON that goes into a verb and comes out of it, and what its exit code means. */
final class VerbMessage {

    /** Enough for the inventory of ten thousand sites; what is longer is not what a verb says. */
    private static final int LONGEST = 32 * 1024 * 1024;

    private VerbMessage() {}

    static String input(VerbCall call) {
        var json = Json.createObjectBuilder();
        call.context()
                .ifPresent(context -> json.add(
                        "call",
                        Json.createObjectBuilder()
                                .add("job", context.lease().job())
                                .add("step", context.step())
                                .add("epoch", context.lease().epoch())
                                .add("token", context.lease().token())
                                .add("actor", context.actor())));
        if (call.dryRun()) {
            json.add("dryRun", true);
        }
        if (call.site() > 0 || call.context().isPresent()) {
            json.add("site", call.site());
        }
        json.addAll(Json.createObjectBuilder(call.args()));
        return json.build().toString();
    }

    static VerbResult answer(String verb, int exit, String out, String log) {
        var answer = parsed(verb, exit, out, log);
        if (exit == 0 && answer.getBoolean("ok", false)) {
            var result = answer.get("result") instanceof JsonObject object ? object : JsonObject.EMPTY_JSON_OBJECT;
            return new VerbResult(answer.getBoolean("changed", false), result, log);
        }
        var error = answer.get("error") instanceof JsonObject object ? object : JsonObject.EMPTY_JSON_OBJECT;
        var kind = kind(exit, error.getString("code", ""));
        throw new VerbFailure(kind, problem(verb, kind, error), log);
    }

    /** Reads to the end; `said` has what was read up to now, as far as it is not too long. */
    static void read(InputStream stream, ByteArrayOutputStream said) {
        var part = new byte[8192];
        try (stream) {
            for (var length = stream.read(part); length >= 0; length = stream.read(part)) {
                said.write(part, 0, Math.min(length, LONGEST - said.size()));
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static JsonObject parsed(String verb, int exit, String out, String log) {
        try (var reader = Json.createReader(new StringReader(out))) {
            return reader.readObject();
        } catch (JsonException | ClassCastException senseless) {
            var said = log.isBlank() ? "exit " + exit : log.strip();
            throw new VerbFailure(
                    Kind.UNREACHABLE,
                    Problem.of("host-unreachable", verb, said.substring(0, Math.min(300, said.length()))),
                    log);
        }
    }

    private static Kind kind(int exit, String code) {
        return switch (exit) {
            case 2 -> Kind.BAD_INPUT;
            case 3 -> Kind.NOT_FOUND;
            case 4 ->
                switch (code) {
                    case "busy" -> Kind.BUSY;
                    case "outranked" -> Kind.OUTRANKED;
                    default -> Kind.CONFLICT;
                };
            case 5 -> Kind.UNDONE;
            case 6 -> Kind.NEEDS_A_LOOK;
            default -> Kind.UNREACHABLE;
        };
    }

    private static Problem problem(String verb, Kind kind, JsonObject error) {
        if (error.isEmpty()) {
            return Problem.of("host-unreachable", verb, "no error in its answer");
        }
        var code = switch (kind) {
            case BAD_INPUT -> "host-refused";
            case NEEDS_A_LOOK -> "host-needs-a-look";
            default -> VerbFailure.ORDINARY;
        };
        return Problem.of(
                code,
                verb,
                error.getString("what", ""),
                error.getString("why", ""),
                error.getString("todo", ""),
                error.getString("field", ""));
    }
}
