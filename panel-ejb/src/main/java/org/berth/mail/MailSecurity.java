package org.berth.mail;

import java.util.Locale;
import java.util.stream.Stream;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;

/** How the way to the mail server is protected. */
public enum MailSecurity {
    /** Not at all: for a server on this host or on a network of one's own. */
    NONE(25),
    /** Begins in the clear and insists on TLS before anything else is said (RFC 3207). */
    STARTTLS(587),
    /** TLS from the first byte (RFC 8314). */
    TLS(465);

    private final int usualPort;

    MailSecurity(int usualPort) {
        this.usualPort = usualPort;
    }

    /** The port that most servers have for it. */
    public int usualPort() {
        return usualPort;
    }

    /** As interfaces write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads it as interfaces write it. */
    public static MailSecurity of(String text) {
        return Stream.of(values())
                .filter(security -> security.text().equals(text))
                .findFirst()
                .orElseThrow(
                        () -> new InvalidInput(Problem.of("mail-security", text).at("security")));
    }
}
