package org.berth.jobs;

import java.util.Locale;
import java.util.ResourceBundle;

/** Titles of jobs and steps in the reader's language, from the bundle {@code org.berth.jobs.steps}. */
public final class JobText {

    private static final String BUNDLE = "org.berth.jobs.steps";
    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private JobText() {}

    /** Title of a type of job, such as "Create site". */
    public static String job(String type, Locale locale) {
        return title(type, locale);
    }

    /** Title of a step of a type of job, such as "Create the database". */
    public static String step(String type, String step, Locale locale) {
        return title(type + "." + step, locale);
    }

    private static String title(String key, Locale locale) {
        var bundle = ResourceBundle.getBundle(BUNDLE, locale, NO_FALLBACK);
        return bundle.containsKey(key) ? bundle.getString(key) : key;
    }
}
