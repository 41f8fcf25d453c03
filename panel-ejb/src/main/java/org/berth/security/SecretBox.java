package org.berth.security;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Encrypts the secrets that Berth must be able to read again, with a key of this host that is not in its database:
 * AES-256-GCM, a fresh nonce for each (NIST SP 800-38D).
 */
@ApplicationScoped
public class SecretBox {

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    /** Names the key and the way of sealing, so that both can be changed one day. */
    private static final String FORMAT = "v1:";

    private final SecureRandom random = new SecureRandom();

    @Inject
    @ConfigProperty(name = "berth.secret.key.file")
    private String keyFile;

    private SecretKey key;

    protected SecretBox() {}

    SecretBox(SecretKey key) {
        this.key = key;
    }

    @PostConstruct
    void readKey() {
        try {
            var bytes = Base64.getDecoder()
                    .decode(Files.readString(Path.of(keyFile)).strip());
            if (bytes.length != KEY_BYTES) {
                throw new IllegalStateException(keyFile + " must hold " + KEY_BYTES + " bytes in base64");
            }
            key = new SecretKeySpec(bytes, "AES");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Encrypts a text. */
    public String seal(String secret) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        var sealed = apply(Cipher.ENCRYPT_MODE, nonce, secret.getBytes(StandardCharsets.UTF_8));
        var both = ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed);
        return FORMAT + Base64.getEncoder().encodeToString(both.array());
    }

    /** Reads what {@link #seal} made; a text that was changed, or sealed by another host, is a bug or an attack. */
    public String open(String sealed) {
        if (!sealed.startsWith(FORMAT)) {
            throw new IllegalArgumentException("not a sealed secret");
        }
        var both = ByteBuffer.wrap(Base64.getDecoder().decode(sealed.substring(FORMAT.length())));
        var nonce = new byte[NONCE_BYTES];
        both.get(nonce);
        var rest = new byte[both.remaining()];
        both.get(rest);
        return new String(apply(Cipher.DECRYPT_MODE, nonce, rest), StandardCharsets.UTF_8);
    }

    private byte[] apply(int mode, byte[] nonce, byte[] bytes) {
        try {
            var cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException("The secret cannot be sealed or opened with this host's key", failed);
        }
    }
}
