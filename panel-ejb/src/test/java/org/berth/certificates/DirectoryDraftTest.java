package org.berth.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.berth.platform.InvalidInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryDraftTest {

    @ParameterizedTest
    @ValueSource(strings = {"short lived", "a\nb", "ü", "x\u0000"})
    void profileThatNoAuthorityCanNameIsRefused(String profile) {
        assertThatThrownBy(() -> draft(profile))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refused -> assertThat(refused.problems())
                                .singleElement()
                                .matches(problem -> problem.code().equals("authority-profile"))
                                .matches(problem -> problem.field().equals("profile")));
        assertThatThrownBy(() -> draft("p".repeat(65))).isInstanceOf(InvalidInput.class);
    }

    @Test
    void profileIsTakenAsItIsWritten() {
        assertThat(draft(" shortlived ").profile()).contains("shortlived");
        assertThat(draft("p".repeat(64)).profile()).isPresent();
        assertThat(draft("  ").profile()).isEmpty();
    }

    private static DirectoryDraft draft(String profile) {
        return new DirectoryDraft(
                "Own",
                "https://acme.example/directory",
                Optional.empty(),
                Optional.of(profile),
                Optional.empty(),
                true,
                Optional.of(true),
                Optional.empty(),
                Optional.empty());
    }
}
