package org.berth.certificates;

import java.util.Locale;
import java.util.stream.Stream;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;
import org.shredzone.acme4j.RevocationReason;

/** Why a certificate is revoked, of the reasons in RFC 5280 (5.3.1) those that its holder can have. */
public enum RevokeReason {
    UNSPECIFIED,
    /** Somebody else may have the key. */
    KEY_COMPROMISE,
    /** The names belong to somebody else now. */
    AFFILIATION_CHANGED,
    /** Another one took its place. */
    SUPERSEDED,
    /** The site is no more. */
    CESSATION_OF_OPERATION;

    /** As interfaces write it: {@code key-compromise}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Reads it as interfaces write it. */
    public static RevokeReason of(String text) {
        return Stream.of(values())
                .filter(reason -> reason.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidInput(
                        Problem.of("certificate-revoke-reason", text).at("reason")));
    }

    RevocationReason asAcme() {
        return RevocationReason.valueOf(name());
    }
}
