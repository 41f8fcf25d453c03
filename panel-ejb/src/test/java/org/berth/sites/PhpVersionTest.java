package org.berth.sites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.berth.platform.InvalidInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhpVersionTest {

    @Test
    void newerIsGreater() {
        assertThat(PhpVersion.of("8.4")).isGreaterThan(PhpVersion.of("8.2")).isGreaterThan(PhpVersion.of("7.4"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "8", "8.4.1", "../8.3", "8.4\n", "8.4;id", "-1", "128M", "8,4", "4.1"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> PhpVersion.of(text))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refused -> assertThat(refused.problem().field()).isEqualTo("phpVersion"));
    }
}
