package org.berth.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ProblemTextTest {

    private static final Map<String, String> ENGLISH = sentences(Locale.ROOT);
    private static final Map<String, String> GERMAN = sentences(Locale.GERMAN);

    @Test
    void bothLanguagesHaveTheSameSentences() {
        assertThat(GERMAN.keySet()).isEqualTo(ENGLISH.keySet());
    }

    @Test
    void everyProblemHasItsThreeSentences() {
        assertThat(ENGLISH.keySet())
                .filteredOn(key -> key.endsWith(".what"))
                .isNotEmpty()
                .allSatisfy(key ->
                        assertThat(ENGLISH).containsKeys(key.replace(".what", ".why"), key.replace(".what", ".todo")));
        assertThat(ENGLISH.keySet()).allMatch(key -> key.matches("[a-z0-9-]+\\.(what|why|todo)"));
    }

    @Test
    void bothLanguagesShowTheSameValues() {
        ENGLISH.forEach(
                (key, sentence) -> assertThat(values(GERMAN.get(key))).as(key).isEqualTo(values(sentence)));
    }

    /** A list of jobs is shown all the same. */
    @Test
    void problemThatAnotherReleaseStoredIsNamed() {
        assertThat(ProblemText.of(Problem.of("of-another-release", 1), Locale.GERMAN))
                .isEqualTo(new ProblemText(
                        "of-another-release.what", "of-another-release.why", "of-another-release.todo"));
    }

    private static long values(String sentence) {
        return new MessageFormat(sentence).getFormatsByArgumentIndex().length;
    }

    private static Map<String, String> sentences(Locale locale) {
        var bundle = ResourceBundle.getBundle(
                "org.berth.platform.problems",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        var sentences = new TreeMap<String, String>();
        bundle.keySet().forEach(key -> sentences.put(key, bundle.getString(key)));
        return sentences;
    }
}
