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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://acme.example/",
                "https:///dir",
                "https://user:password@acme.example/",
                "https://acme.example:0/",
                "https://acme.example:99999/",
                "https://acme.example/#directory",
                "acme.example"
            })
    void addressThatCannotBeAskedIsRefused(String url) {
        assertThatThrownBy(() -> draft(url, ""))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo("authority-url"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u200b", "Own\u202etxet", "a\nb", "5", " 007 "})
    void nameThatNobodyCanReadOrThatIsANumberIsRefused(String name) {
        assertThatThrownBy(() -> new DirectoryDraft(
                        name,
                        "https://acme.example/",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo("authority-name"));
    }

    @Test
    void addressIsTakenHoweverItsSchemeIsWritten() {
        assertThat(draft(" HTTPS://acme.example:65535/Directory?a=b ", "").url())
                .isEqualTo("https://acme.example:65535/Directory?a=b");
    }

    private static DirectoryDraft draft(String profile) {
        return draft("https://acme.example/directory", profile);
    }

    private static DirectoryDraft draft(String url, String profile) {
        return new DirectoryDraft(
                "Own",
                url,
                Optional.empty(),
                Optional.of(profile),
                Optional.empty(),
                true,
                Optional.of(true),
                Optional.empty(),
                Optional.empty());
    }
}
