package org.berth.certificates;

import java.util.Locale;
import java.util.stream.Stream;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;

/** How an authority finds out whose a name is (RFC 8555, 8). */
public enum ChallengeKind {
    /** It asks the host for a file through each name. */
    HTTP_01,
    /** It asks the names' servers for a record; the only way to names with a star. */
    DNS_01;

    /** As ACME and all interfaces write it: {@code http-01}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Reads it as interfaces write it. */
    public static ChallengeKind of(String text) {
        return Stream.of(values())
                .filter(kind -> kind.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidInput(
                        Problem.of("certificate-challenge", text).at("challenge")));
    }
}
