package org.berth.dns;

import org.berth.platform.DomainName;

/**
 * One text at one name (RFC 1035, 3.3.14).
 *
 * @param name absolute, lower case, ASCII form, without the full stop at its end
 * @param value as an authority wants it: 43 letters, digits, - and _ (RFC 8555, 8.4)
 */
public record TxtRecord(String name, String value) {

    private static final String FORM = "[A-Za-z0-9_-]{43}";

    /** Where an authority looks for the proof of a name. */
    static final String CHALLENGE = "_acme-challenge.";

    public TxtRecord {
        if (!isName(name) || !value.matches(FORM)) {
            throw new IllegalArgumentException("no record of a challenge: " + name + " " + value);
        }
    }

    /** Where an authority looks for the proof of a name, or of all names below it. */
    public static String challengeOf(String name) {
        return CHALLENGE + (name.startsWith("*.") ? name.substring(2) : name);
    }

    /** Whether a name server can have it, in absolute form without the full stop at its end. */
    static boolean isName(String text) {
        return text.length() <= DomainName.LONGEST
                && text.matches("([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]");
    }

    /** As APIs write it, in quotes. */
    String quoted() {
        return '"' + value + '"';
    }
}
