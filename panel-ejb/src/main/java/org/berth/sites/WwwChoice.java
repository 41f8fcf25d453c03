package org.berth.sites;

import java.util.Locale;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;

/** How a site treats the {@code www.} twin of its name. */
public enum WwwChoice {
    /** {@code www.} leads to the name without it. */
    REDIRECT_TO_BARE,
    /** The name without {@code www.} leads to the one with it. */
    REDIRECT_TO_WWW,
    /** Both answer. */
    SERVE_BOTH,
    /** The site has nothing to do with {@code www.}; that name stays free for others of its owner. */
    NONE;

    /** Reads {@code redirect-to-bare} and the like. */
    public static WwwChoice of(String text) {
        for (var choice : values()) {
            if (choice.text().equals(text)) {
                return choice;
            }
        }
        throw new InvalidInput(Problem.of("www-choice-unknown", text).at("www"));
    }

    /** As interfaces write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the site takes the {@code www.} name. */
    public boolean takesWww() {
        return this != NONE;
    }
}
