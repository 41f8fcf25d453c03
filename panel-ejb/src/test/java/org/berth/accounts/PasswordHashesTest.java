package org.berth.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PasswordHashesTest {

    private final PasswordHashes hashes = new PasswordHashes();

    @Test
    void aHashIsArgon2idWithItsSettings() {
        assertThat(hashes.hash("a fine long password"))
                .contains("argon2id")
                .contains("m=19456")
                .contains("t=2");
    }

    @Test
    void onlyTheRightPasswordMatches() {
        var hash = hashes.hash("a fine long password");
        assertThat(hashes.matches("a fine long password", hash)).isTrue();
        assertThat(hashes.matches("a fine long passwore", hash)).isFalse();
        assertThat(hashes.matchesNobody("a fine long password")).isFalse();
    }

    @Test
    void twoHashesOfOnePasswordDiffer() {
        assertThat(hashes.hash("a fine long password")).isNotEqualTo(hashes.hash("a fine long password"));
    }

    @Test
    void composedAndCombiningCharactersAreTheSamePassword() {
        assertThat(hashes.matches("M\u00fcllers Kuh", hashes.hash("Mu\u0308llers Kuh")))
                .isTrue();
    }
}
