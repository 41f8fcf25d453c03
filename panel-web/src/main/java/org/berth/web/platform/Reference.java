package org.berth.web.platform;

import java.security.SecureRandom;
import java.util.HexFormat;

/** A short id that a person can read out, and that the log has beside the cause. */
public final class Reference {

    /** Attribute of a request: the reference under which the log has what failed already. */
    public static final String TOLD = Reference.class.getName();

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
