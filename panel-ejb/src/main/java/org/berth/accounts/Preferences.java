package org.berth.accounts;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Set;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;

/**
 * How somebody wants to see the panel.
 *
 * @param language {@code en} or {@code de}; empty follows the browser
 * @param theme {@code light}, {@code dark}, or {@code system}
 * @param timeZone name of an IANA zone; empty means UTC
 */
public record Preferences(String language, String theme, String timeZone) {

    /** Languages that every text exists in. */
    public static final Set<String> LANGUAGES = Set.of("en", "de");

    /** Looks there are. */
    public static final Set<String> THEMES = Set.of("system", "light", "dark");

    public Preferences {
        if (!language.isEmpty() && !LANGUAGES.contains(language)) {
            throw new InvalidInput(Problem.of("language-unknown", language).at("language"));
        }
        if (!THEMES.contains(theme)) {
            throw new InvalidInput(Problem.of("theme-unknown", theme).at("theme"));
        }
        if (!timeZone.isEmpty() && !isZone(timeZone)) {
            throw new InvalidInput(Problem.of("time-zone-unknown", timeZone).at("timeZone"));
        }
    }

    private static boolean isZone(String name) {
        try {
            return ZoneId.of(name).getRules() != null;
        } catch (DateTimeException unknown) {
            return false;
        }
    }
}
