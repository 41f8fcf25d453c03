package org.berth.sites;

import java.util.Comparator;
import java.util.regex.Pattern;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;

/**
 * A PHP version as distributions name their packages: major and minor, such as {@code 8.4}. Newer ones are greater.
 *
 * @param major 5 or more
 * @param minor 0 or more
 */
public record PhpVersion(int major, int minor) implements Comparable<PhpVersion> {

    private static final Pattern FORM = Pattern.compile("([5-9])\\.([0-9])");
    private static final Comparator<PhpVersion> BY_AGE =
            Comparator.comparingInt(PhpVersion::major).thenComparingInt(PhpVersion::minor);

    /** Reads {@code 8.4}; anything else is refused. */
    public static PhpVersion of(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new InvalidInput(Problem.of("php-version-malformed", text).at("phpVersion"));
        }
        return new PhpVersion(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
    }

    @Override
    public int compareTo(PhpVersion other) {
        return BY_AGE.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
