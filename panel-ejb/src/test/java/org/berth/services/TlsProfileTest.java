package org.berth.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.berth.platform.InvalidInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsProfileTest {

    @Test
    void isReadAsItIsWritten() {
        for (var profile : TlsProfile.values()) {
            assertThat(TlsProfile.of(profile.text())).isSameAs(profile);
            assertThat(TlsProfile.of(profile.name())).isSameAs(profile);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "old", "modern\n", "modern;", " modern", "TLSv1.3", "../modern"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> TlsProfile.of(text))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refused -> assertThat(refused.problem().field()).isEqualTo("profile"));
    }
}
