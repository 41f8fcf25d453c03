package org.berth.web.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.MessageFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {

    private static final Pattern USED = Pattern.compile("(?:texts\\[|say\\.with\\(|say\\.text\\()'([^']+)'");

    @Test
    void everyTextIsThereInBothLanguages() {
        assertThat(texts("texts_de").keySet()).isEqualTo(texts("texts").keySet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"texts", "texts_de"})
    void everyTextCanBeSaid(String bundle) {
        texts(bundle)
                .forEach((key, text) -> assertThat(text.toString())
                        .as(key.toString())
                        .isNotBlank()
                        .satisfies(pattern -> new MessageFormat(pattern, Locale.ENGLISH).toPattern()));
    }

    @Test
    void everyTextThatAPageAsksForExists() throws IOException {
        assertThat(texts("texts").stringPropertyNames()).containsAll(usedByPages());
    }

    private static Set<String> usedByPages() throws IOException {
        var used = new TreeSet<String>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/webapp"))) {
            files.filter(file -> file.toString().endsWith(".xhtml"))
                    .map(TextsTest::read)
                    .forEach(page -> USED.matcher(page).results().forEach(match -> used.add(match.group(1))));
        }
        return used;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Properties texts(String bundle) {
        var texts = new Properties();
        try (var reader =
                Files.newBufferedReader(Path.of("src/main/resources/org/berth/web/" + bundle + ".properties"))) {
            texts.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }
}
