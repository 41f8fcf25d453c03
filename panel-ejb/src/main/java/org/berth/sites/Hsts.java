package org.berth.sites;

import java.util.Locale;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;

/**
 * How long browsers are told to reach a site over HTTPS only (HTTP Strict Transport Security, RFC 6797), in the order in
 * which it is safe to go: what a browser has been told cannot be taken back before it comes again.
 */
public enum Hsts {
    /** They are told nothing, or to forget what they were told. */
    OFF("off"),
    FIVE_MINUTES("5-minutes"),
    ONE_DAY("1-day"),
    ONE_YEAR("1-year"),
    /** A year for every name below the site's own, too, as the browsers' own list (hstspreload.org) asks for. */
    PRELOAD("preload");

    private final String text;

    Hsts(String text) {
        this.text = text;
    }

    /** Reads {@code 5-minutes} and the like, also as {@code FIVE_MINUTES}. */
    public static Hsts of(String text) {
        for (var step : values()) {
            if (step.text.equals(text.toLowerCase(Locale.ROOT)) || step.name().equals(text)) {
                return step;
            }
        }
        throw new InvalidInput(Problem.of("hsts-unknown", text).at("hsts"));
    }

    /** As interfaces and verbs write it. */
    public String text() {
        return text;
    }

    /** Whether it is further than the step behind this other one. */
    boolean skips(Hsts before) {
        return ordinal() > before.ordinal() + 1;
    }
}
