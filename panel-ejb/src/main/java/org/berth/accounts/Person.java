package org.berth.accounts;

import java.util.Optional;
import java.util.regex.Pattern;
import org.berth.platform.EmailAddress;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;

/**
 * How an account's owner is called and reached.
 *
 * @param displayName 1 to 100 characters, no control characters
 * @param email an address for notices
 */
record Person(String displayName, Optional<String> email) {

    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}\\p{Zl}\\p{Zp}]{1,100}");

    Person {
        displayName = displayName.strip();
        if (!NAME.matcher(displayName).matches()) {
            throw new InvalidInput(Problem.of("display-name-invalid").at("displayName"));
        }
        email.ifPresent(EmailAddress::new);
    }

    static Person of(String displayName, String email) {
        return new Person(displayName, Optional.of(email.strip()).filter(text -> !text.isEmpty()));
    }
}
