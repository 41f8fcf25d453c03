package org.berth.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SecretBoxTest {

    private final SecretBox box = new SecretBox(new SecretKeySpec(new byte[32], "AES"));

    @Test
    void whatWasSealedCanBeOpened() {
        assertThat(box.open(box.seal("pass\"word'\n\\ü"))).isEqualTo("pass\"word'\n\\ü");
    }

    @Test
    void oneSecretIsNeverSealedAlike() {
        assertThat(box.seal("secret")).isNotEqualTo(box.seal("secret")).doesNotContain("secret");
    }

    @Test
    void aChangedSecretIsNotOpened() {
        var sealed = box.seal("secret");
        var last = sealed.charAt(10) == 'A' ? 'B' : 'A';
        assertThatIllegalStateException()
                .isThrownBy(() -> box.open(sealed.substring(0, 10) + last + sealed.substring(11)));
    }

    @Test
    void anotherHostCannotOpenIt() {
        var key = new byte[32];
        key[0] = 1;
        var other = new SecretBox(new SecretKeySpec(key, "AES"));
        assertThatIllegalStateException().isThrownBy(() -> other.open(box.seal("secret")));
    }
}
