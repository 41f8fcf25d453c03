package org.berth.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnAddressTest {

    @ParameterizedTest
    @ValueSource(strings = {"/", "/sites", "/sites/12?tab=x&y=%2F", "/jobs/7#steps"})
    void aPageOfThePanelIsReturnedTo(String address) {
        assertThat(LoginBacking.isOwn(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "//evil.example",
                "/\\evil.example",
                "https://evil.example",
                "javascript:alert(1)",
                "sites",
                "/sites\nSet-Cookie: a=b",
                "/a\\b",
                "/ä"
            })
    void anotherHostIsNot(String address) {
        assertThat(LoginBacking.isOwn(address)).isFalse();
    }
}
