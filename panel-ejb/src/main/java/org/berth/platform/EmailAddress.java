package org.berth.platform;

import java.util.regex.Pattern;

/**
 * An e-mail address as people have it: ASCII, one {@code @}, a name with a dot behind it (RFC 5321 4.1.2 without quoted
 * local parts). Good enough to catch slips; whether an address works, only a message can tell. It holds nothing that could
 * end a line of a header or of SMTP.
 *
 * @param text at most 254 characters
 */
public record EmailAddress(String text) {

    private static final Pattern FORM =
            Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\\.[A-Za-z0-9-]{1,63})+");

    private static final int LONGEST = 254;

    public EmailAddress {
        if (!isOne(text)) {
            throw new InvalidInput(Problem.of("email-invalid", text).at("email"));
        }
    }

    /** Whether the text is an address. */
    public static boolean isOne(String text) {
        return text.length() <= LONGEST && FORM.matcher(text).matches();
    }
}
