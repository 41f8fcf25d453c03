package org.berth.certificates;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;

/** Kinds of keys that public authorities take; every browser of the last ten years can use each of them. */
public enum KeyType {
    /** NIST P-256: small and quick, the usual choice. */
    EC_256,
    /** NIST P-384. */
    EC_384,
    /** For programs that are older than elliptic curves. */
    RSA_2048,
    RSA_3072,
    RSA_4096;

    /** As interfaces and verbs write it: {@code ec-256}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The kind of a key that is there, if it is one of these. */
    static Optional<KeyType> of(PublicKey key) {
        // Keys for RSASSA-PSS alone (RFC 4055) browsers do not take.
        if (key instanceof RSAPublicKey rsa && "RSA".equals(key.getAlgorithm())) {
            return named("RSA_" + rsa.getModulus().bitLength());
        } else if (key instanceof ECPublicKey ec) {
            // Java knows no other curves of these sizes.
            return named("EC_" + ec.getParams().getCurve().getField().getFieldSize());
        }
        return Optional.empty();
    }

    private static Optional<KeyType> named(String name) {
        return Stream.of(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    /** Reads it as interfaces write it. */
    public static KeyType of(String text) {
        return Stream.of(values())
                .filter(type -> type.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidInput(
                        Problem.of("certificate-key-type", text).at("keyType")));
    }
}
