package org.berth.platform;

import java.text.MessageFormat;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.regex.Pattern;

/**
 * The three sentences of a problem in one language.
 *
 * @param what what happened
 * @param why why it happened
 * @param todo what the reader can do about it
 */
public record ProblemText(String what, String why, String todo) {

    private static final String BUNDLE = "org.berth.platform.problems";
    private static final String JOBS = "org.berth.jobs.steps";

    /** A job's type, and not one of its steps. */
    private static final Pattern JOB = Pattern.compile("[a-z]+-[a-z]+");

    /** By its name: as an offset it would be written as Z. */
    private static final ZoneId UTC = ZoneId.of("UTC");

    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    /** The same with times in UTC, for readers of whom no zone is known. */
    public static ProblemText of(Problem problem, Locale locale) {
        return of(problem, locale, UTC);
    }

    /**
     * Looks the sentences up; languages other than English and German read English. Of a time and of a type of job among the
     * values they say what people call it.
     */
    public static ProblemText of(Problem problem, Locale locale, ZoneId zone) {
        var bundle = ResourceBundle.getBundle(BUNDLE, locale, NO_FALLBACK);
        var jobs = ResourceBundle.getBundle(JOBS, locale, NO_FALLBACK);
        var values = problem.args().stream()
                .map(value -> value.endsWith("Z") ? time(value, locale, zone) : value)
                .map(value -> JOB.matcher(value).matches() && jobs.containsKey(value) ? jobs.getString(value) : value)
                .toArray();
        return new ProblemText(
                sentence(bundle, problem, "what", values),
                sentence(bundle, problem, "why", values),
                sentence(bundle, problem, "todo", values));
    }

    /** A time is stored as {@link Instant} writes it; something else may end as that does. */
    private static String time(String value, Locale locale, ZoneId zone) {
        try {
            return Times.exact(Instant.parse(value), locale, zone);
        } catch (DateTimeException none) {
            return value;
        }
    }

    private static String sentence(ResourceBundle bundle, Problem problem, String part, Object... values) {
        var key = problem.code() + "." + part;
        if (!bundle.containsKey(key)) {
            // Stored by another release, or by hand.
            return key;
        }
        var pattern = bundle.getString(key);
        return new MessageFormat(pattern, bundle.getLocale()).format(values);
    }
}
