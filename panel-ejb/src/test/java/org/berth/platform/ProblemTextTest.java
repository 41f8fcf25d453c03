package org.berth.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.MessageFormat;
import java.time.Instant;
import java.time.ZoneId;
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

    @Test
    void timeIsToldInTheReadersLanguageAndZone() {
        var limited = Problem.of("acme-budget", Instant.parse("2026-11-30T01:33:34.314142Z"));
        assertThat(ProblemText.of(limited, Locale.GERMAN, ZoneId.of("Europe/Berlin"))
                        .why())
                .contains("30.11.2026, 02:33:34 MEZ");
        assertThat(ProblemText.of(limited, Locale.ENGLISH).why()).contains("Nov 30, 2026, 1:33:34 AM UTC");
    }

    /** As somebody could write it by hand only. */
    @Test
    void whatOnlyLooksLikeATimeIsShownAsItIs() {
        assertThat(ProblemText.of(Problem.of("acme-budget", "2026-02-31T29:00:00Z"), Locale.ENGLISH)
                        .why())
                .contains("2026-02-31T29:00:00Z");
    }

    @Test
    void jobIsNamedAsPeopleKnowIt() {
        var busy = ProblemText.of(Problem.of("site-busy", "shop.example", 50, "certificate-issue"), Locale.GERMAN);
        assertThat(busy.why()).contains("50", "Zertifikat ").doesNotContain("certificate-issue");
        assertThat(busy.todo()).contains("berth job cancel 50");
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
