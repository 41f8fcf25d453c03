package org.berth.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;

class JobTextTest {

    @Test
    void bothLanguagesHaveTheSameTitles() {
        assertThat(keys(Locale.GERMAN)).isEqualTo(keys(Locale.ROOT)).isNotEmpty();
    }

    @Test
    void stepIsTitledInTheReadersLanguage() {
        assertThat(JobText.step("site-create", "database", Locale.ENGLISH)).isEqualTo("Create the database");
        assertThat(JobText.step("site-create", "database", Locale.GERMAN)).isEqualTo("Datenbank anlegen");
        assertThat(JobText.job("site-create", Locale.FRENCH)).isEqualTo("Create site");
    }

    private static java.util.Set<String> keys(Locale locale) {
        return ResourceBundle.getBundle(
                        "org.berth.jobs.steps",
                        locale,
                        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .keySet();
    }
}
