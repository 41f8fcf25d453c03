package org.berth.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.berth.platform.Problem;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void whatIsTooLongForItsColumnIsCutAndNotLost() {
        var names = "a-name-that-fails.example.com → 192.0.2.1: HTTP 404; ".repeat(51);
        var column = Json.args(Problem.of("x", names, "192.0.2.7"));
        assertThat(column.length()).isLessThanOrEqualTo(2000).isGreaterThan(1900);
        assertThat(Json.texts(column)).hasSize(2).element(1).isEqualTo("192.0.2.7");
        assertThat(names).startsWith(Json.texts(column).get(0).replace("…", ""));
    }

    @Test
    void lettersThatAreWrittenLongerFitAsWell() {
        var column = Json.args(Problem.of("x", "\"\n".repeat(3000), "\u0001".repeat(3000)));
        assertThat(column.length()).isLessThanOrEqualTo(2000);
        assertThat(Json.texts(column)).hasSize(2).allMatch(arg -> arg.endsWith("…"));
    }

    @Test
    void whatFitsStaysAsItIs() {
        assertThat(Json.texts(Json.args(Problem.of("x", "one", "", "zwölf")))).isEqualTo(List.of("one", "", "zwölf"));
    }
}
