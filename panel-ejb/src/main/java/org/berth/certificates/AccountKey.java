package org.berth.certificates;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** The key by which an authority knows the account: ECDSA with P-256, which each of them takes (RFC 8555, 6.2). */
final class AccountKey {

    private static final String BETWEEN = ".";

    private AccountKey() {}

    /** A new one. */
    static KeyPair make() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException everyJavaCan) {
            throw new IllegalStateException(everyJavaCan);
        }
    }

    /** As it is kept, sealed. */
    static String text(KeyPair key) {
        var base64 = Base64.getEncoder();
        return base64.encodeToString(key.getPrivate().getEncoded())
                + BETWEEN
                + base64.encodeToString(key.getPublic().getEncoded());
    }

    /** Reads what {@link #text} has written. */
    static KeyPair of(String text) {
        var between = text.indexOf(BETWEEN);
        var base64 = Base64.getDecoder();
        try {
            var keys = KeyFactory.getInstance("EC");
            return new KeyPair(
                    keys.generatePublic(new X509EncodedKeySpec(base64.decode(text.substring(between + 1)))),
                    keys.generatePrivate(new PKCS8EncodedKeySpec(base64.decode(text.substring(0, between)))));
        } catch (GeneralSecurityException malformed) {
            throw new IllegalStateException("an account's key that cannot be read", malformed);
        }
    }
}
