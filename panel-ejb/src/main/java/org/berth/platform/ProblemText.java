package org.berth.platform;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * The three sentences of a problem in one language.
 *
 * @param what what happened
 * @param why why it happened
 * @param todo what the reader can do about it
 */
public record ProblemText(String what, String why, String todo) {

    private static final String BUNDLE = "org.berth.platform.problems";
    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    /** Looks the sentences up; languages other than English and German read English. */
    public static ProblemText of(Problem problem, Locale locale) {
        var bundle = ResourceBundle.getBundle(BUNDLE, locale, NO_FALLBACK);
        return new ProblemText(
                sentence(bundle, problem, "what"), sentence(bundle, problem, "why"), sentence(bundle, problem, "todo"));
    }

    private static String sentence(ResourceBundle bundle, Problem problem, String part) {
        var key = problem.code() + "." + part;
        if (!bundle.containsKey(key)) {
            // Stored by another release, or by hand.
            return key;
        }
        var pattern = bundle.getString(key);
        return new MessageFormat(pattern, bundle.getLocale())
                .format(problem.args().toArray());
    }
}
