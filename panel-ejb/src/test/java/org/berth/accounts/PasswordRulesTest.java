package org.berth.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;
import org.berth.security.Secrets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {

    @ParameterizedTest
    @ValueSource(strings = {"violet tram under rain", "Zug-Anker-Moos-7", "日本語のパスワードは長いです", "x9#Lq!mT2&vB"})
    void aLongUnusualPasswordIsTaken(String password) {
        assertThatCode(() -> PasswordRules.check("anna", password)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "short, password-short",
        "elevenchars, password-short",
        "password1234, password-common",
        "passwordpassword, password-common",
        "Passwort2026, password-common",
        "123456789012, password-common",
        "cba987654321, password-common",
        "abcdefghijkl, password-common",
        "aaaaaaaaaaaaaaaa, password-common",
        "abababababab, password-common",
        "my anna and me, password-has-login",
        "MY ANNA AND ME, password-has-login"
    })
    void aWeakPasswordIsRefusedWithTheReason(String password, String code) {
        assertThat(codes(password)).contains(code);
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        assertThat(codes("anna")).containsExactly("password-short", "password-has-login");
    }

    @Test
    void aPasswordThatIsMadeToSlowUsDownIsRefused() {
        assertThat(codes("xyz qrs tuv ".repeat(20))).containsExactly("password-long");
    }

    @Test
    void generatedPasswordsKeepTheRules() {
        assertThatCode(() -> PasswordRules.check("anna", Secrets.password())).doesNotThrowAnyException();
    }

    private static List<String> codes(String password) {
        var refused = catchThrowableOfType(InvalidInput.class, () -> PasswordRules.check("anna", password));
        return refused.problems().stream().map(Problem::code).toList();
    }
}
