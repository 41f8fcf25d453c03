package org.berth.web.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictBodyTest {

    /** One component of each kind. */
    public record Body(String name, int days, boolean database, Optional<String> owner, List<String> aliases) {}

    @Test
    void everyKindOfValueIsRead() {
        assertThat(read("{'name':'a','days':3,'database':true,'owner':'o','aliases':['x','y']}"))
                .isEqualTo(new Body("a", 3, true, Optional.of("o"), List.of("x", "y")));
    }

    @Test
    void whatIsMissingOrNullIsEmpty() {
        assertThat(read("{'name':null}")).isEqualTo(new Body(null, 0, false, Optional.empty(), null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'nam':'a'}|nam|key-unknown",
                "{'name':5}|name|value-of-other-kind",
                "{'name':{}}|name|value-of-other-kind",
                "{'days':'3'}|days|value-of-other-kind",
                "{'days':1.5}|days|value-of-other-kind",
                "{'days':99999999999}|days|value-of-other-kind",
                "{'database':'yes'}|database|value-of-other-kind",
                "{'owner':1}|owner|value-of-other-kind",
                "{'aliases':'a'}|aliases|value-of-other-kind",
                "{'aliases':[1]}|aliases|value-of-other-kind"
            })
    void whatIsNotMeantIsRefusedAtItsKey(String json, String field, String code) {
        var refused = catchThrowableOfType(InvalidInput.class, () -> read(json));
        assertThat(refused.problem()).extracting(Problem::field, Problem::code).containsExactly(field, code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "5", "{'name':'a','name':'b'}", "{'name':'a'} x"})
    void whatIsNotOneObjectIsMalformed(String json) {
        assertThatExceptionOfType(JsonException.class).isThrownBy(() -> read(json));
    }

    @Test
    void whatIsNestedTooDeeplyIsMalformed() {
        assertThatExceptionOfType(JsonException.class).isThrownBy(() -> read("[".repeat(5000)));
        assertThatExceptionOfType(JsonException.class).isThrownBy(() -> read("{'name':" + "[".repeat(5000)));
    }

    private static Body read(String json) {
        return StrictBody.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), Body.class);
    }
}
