package org.berth.web.platform;

import java.security.SecureRandom;
import java.util.HexFormat;

/** A short id that a person can read out, and that the log has beside the cause. */
public final class Reference {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 5;

    private Reference() {}

    /** A new one. */
    public static String next() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
