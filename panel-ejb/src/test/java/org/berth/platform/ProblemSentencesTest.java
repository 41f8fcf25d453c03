package org.berth.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProblemSentencesTest {

    private static final Pattern CODE = Pattern.compile("Problem\\s*\\.of\\(\\s*\"([a-z][a-z0-9-]*)\"");

    @Test
    void everyProblemOfTheCodeHasItsThreeSentences() throws IOException {
        var keys = bundle("problems.properties").stringPropertyNames();
        assertThat(codes())
                .isNotEmpty()
                .allSatisfy(code -> assertThat(keys).contains(code + ".what", code + ".why", code + ".todo"));
    }

    @Test
    void bothLanguagesHaveTheSameSentencesWithTheSameArguments() throws IOException {
        var english = bundle("problems.properties");
        var german = bundle("problems_de.properties");
        assertThat(german.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        assertThat(english.stringPropertyNames())
                .allSatisfy(key -> assertThat(arguments(german.getProperty(key)))
                        .as(key)
                        .isEqualTo(arguments(english.getProperty(key))));
    }

    @Test
    void noSentenceLosesAnApostrophe() throws IOException {
        for (var name : Set.of("problems.properties", "problems_de.properties")) {
            assertThat(bundle(name).values())
                    .allSatisfy(text ->
                            assertThat(text.toString().replace("''", "")).doesNotContain("'"));
        }
    }

    /** Whether the clock does is another matter for an order of its own than for a dry run or a revocation. */
    @Test
    void noAdviceLeavesToTheClockWhatAPersonAskedFor() throws IOException {
        assertThat(advice("problems.properties", "acme-", "certificate-", "dns-"))
                .isNotEmpty()
                .allSatisfy(todo -> assertThat(todo).doesNotContain("clock tries again", "clock asks again"));
        assertThat(advice("problems_de.properties", "acme-", "certificate-", "dns-"))
                .isNotEmpty()
                .allSatisfy(todo -> assertThat(todo).doesNotContain("Uhr versucht es", "Uhr fragt"));
    }

    private static List<String> advice(String name, String... areas) throws IOException {
        var sentences = bundle(name);
        return sentences.stringPropertyNames().stream()
                .filter(key -> key.endsWith(".todo") && Stream.of(areas).anyMatch(key::startsWith))
                .map(sentences::getProperty)
                .toList();
    }

    private static int arguments(String pattern) {
        return new MessageFormat(pattern).getFormatsByArgumentIndex().length;
    }

    private static Properties bundle(String name) throws IOException {
        var bundle = new Properties();
        try (var in = Files.newBufferedReader(
                Path.of("src/main/resources/org/berth/platform", name), StandardCharsets.UTF_8)) {
            bundle.load(in);
        }
        return bundle;
    }

    /** Literal codes in both modules; a code that is put together at run time needs a test of its own. */
    private static Set<String> codes() throws IOException {
        try (var files = Stream.concat(
                Files.walk(Path.of("src/main/java")), Files.walk(Path.of("../panel-web/src/main/java")))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(ProblemSentencesTest::codes)
                    .collect(Collectors.toSet());
        }
    }

    private static Stream<String> codes(Path file) {
        try {
            return CODE.matcher(Files.readString(file)).results().map(match -> match.group(1)).toList().stream();
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
