package org.berth.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.berth.platform.InvalidInput;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest {

    @ParameterizedTest
    @ValueSource(strings = {"anna", "a.b", "anna-maria_2", "admin", "abcdefghijklmnopqrstuvwxyz123456"})
    void aUsualNameIsTaken(String text) {
        assertThat(new Login(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ab",
                "Anna",
                "1anna",
                "anna-",
                "-rf",
                "anna\n",
                "anna meyer",
                "../../etc/passwd",
                "änna",
                "anna\0",
                "abcdefghijklmnopqrstuvwxyz1234567",
                "$(id)",
                "anna;id",
                "%2e%2e",
                "anna\nroot"
            })
    void aNameOfAnotherFormIsRefused(String text) {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> new Login(text))
                .satisfies(refused -> assertThat(refused.problem().code()).isEqualTo("login-invalid"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"root", "www-data", "berth", "system", "s_12", "systemd-network"})
    void aNameOfTheHostIsRefused(String text) {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> new Login(text))
                .satisfies(refused -> assertThat(refused.problem().code()).isEqualTo("login-reserved"));
    }
}
