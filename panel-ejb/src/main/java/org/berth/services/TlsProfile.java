package org.berth.services;

import java.util.Locale;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;

/**
 * Which versions of TLS all sites of the host take, after the configurations that Mozilla recommends for servers (version
 * 5.7). One for the host: the web server decides it before it knows which site is meant.
 */
public enum TlsProfile {
    /** TLS 1.2 and 1.3: every browser of the last ten years. */
    INTERMEDIATE("intermediate"),
    /** TLS 1.3 alone: browsers from before about 2018 to 2020, and old programs, are left out. */
    MODERN("modern");

    private final String text;

    TlsProfile(String text) {
        this.text = text;
    }

    /** Reads {@code intermediate} or {@code modern}, also as {@code MODERN}. */
    public static TlsProfile of(String text) {
        for (var profile : values()) {
            if (profile.text.equals(text.toLowerCase(Locale.ROOT))) {
                return profile;
            }
        }
        throw new InvalidInput(Problem.of("tls-profile-unknown", text).at("profile"));
    }

    /** As interfaces and the verb write it. */
    public String text() {
        return text;
    }
}
