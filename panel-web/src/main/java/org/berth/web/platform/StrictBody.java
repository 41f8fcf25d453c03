package org.berth.web.platform;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonConfig;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;

/**
 * Reads a JSON object into a record, literally: a key that the record does not have, a key twice, or a value of another
 * kind is refused. (JSON-B would read {@code "yes"} as {@code false} and {@code 1.5} as 1.) Components may be strings,
 * whole numbers, booleans, lists of strings, or one of them as Optional; a key that is missing or null is null, empty, 0
 * or false.
 */
final class StrictBody {

    private static final JsonReaderFactory JSON =
            Json.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));

    private StrictBody() {}

    /**
     * Reads a body.
     *
     * @throws jakarta.json.JsonException it is not one JSON object
     */
    static <T> T read(byte[] body, Class<T> type) {
        var object = parse(body);
        var components = type.getRecordComponents();
        var known = Arrays.stream(components).map(RecordComponent::getName).collect(Collectors.toSet());
        var problems = new ArrayList<Problem>();
        object.keySet().stream()
                .filter(key -> !known.contains(key))
                .forEach(key -> problems.add(Problem.of("key-unknown", key).at(key)));
        var values = new Object[components.length];
        for (int index = 0; index < components.length; index++) {
            var name = components[index].getName();
            try {
                values[index] = value(object.getOrDefault(name, JsonValue.NULL), components[index].getGenericType());
            } catch (ClassCastException | ArithmeticException anotherKind) {
                problems.add(Problem.of("value-of-other-kind", name, kind(components[index].getGenericType()))
                        .at(name));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInput(problems);
        }
        return make(type, components, values);
    }

    /** Read as the only item of a list, so that nothing can stand behind it unseen. */
    private static JsonObject parse(byte[] body) {
        var list = "[" + new String(body, StandardCharsets.UTF_8) + "]";
        try (var reader = JSON.createReader(new StringReader(list))) {
            var items = items(reader);
            if (items.size() == 1 && items.get(0) instanceof JsonObject object) {
                return object;
            }
            throw new JsonException("not one object");
        }
    }

    private static JsonArray items(JsonReader reader) {
        try {
            return reader.readArray();
        } catch (JsonException malformed) {
            throw malformed;
        } catch (RuntimeException deep) {
            // The parser's word for more levels than it reads.
            throw new JsonException("nested too deeply", deep);
        }
    }

    private static Object value(JsonValue json, Type type) {
        if (type instanceof ParameterizedType generic) {
            if (generic.getRawType() == Optional.class) {
                return Optional.ofNullable(value(json, generic.getActualTypeArguments()[0]));
            }
            return json == JsonValue.NULL ? null : texts((JsonArray) json);
        }
        if (json == JsonValue.NULL) {
            return type == int.class ? (Object) 0 : type == boolean.class ? false : null;
        } else if (type == String.class) {
            return ((JsonString) json).getString();
        } else if (type == int.class || type == Integer.class) {
            return ((JsonNumber) json).intValueExact();
        } else if (type == boolean.class || type == Boolean.class) {
            return truth(json);
        }
        throw new IllegalStateException("A body cannot have a component of type " + type);
    }

    private static List<String> texts(JsonArray array) {
        return array.stream().map(item -> ((JsonString) item).getString()).toList();
    }

    private static boolean truth(JsonValue json) {
        if (json == JsonValue.TRUE || json == JsonValue.FALSE) {
            return json == JsonValue.TRUE;
        }
        throw new ClassCastException();
    }

    private static String kind(Type type) {
        var name = type.getTypeName();
        if (name.contains("List")) {
            return "[\"\"]";
        } else if (name.contains("int") || name.contains("Integer")) {
            return "123";
        }
        return name.toLowerCase(java.util.Locale.ROOT).contains("boolean") ? "true" : "\"\"";
    }

    private static <T> T make(Class<T> type, RecordComponent[] components, Object[] values) {
        var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return type.getConstructor(types).newInstance(values);
        } catch (java.lang.reflect.InvocationTargetException refused) {
            if (refused.getCause() instanceof RuntimeException expected) {
                throw expected;
            }
            throw new IllegalStateException(refused);
        } catch (ReflectiveOperationException notABody) {
            throw new IllegalStateException(notABody);
        }
    }
}
