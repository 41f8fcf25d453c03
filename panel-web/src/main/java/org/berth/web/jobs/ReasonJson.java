package org.berth.web.jobs;

import java.util.Locale;
import org.berth.platform.Problem;
import org.berth.platform.ProblemText;

/** A problem that is part of an answer, not the answer. */
public record ReasonJson(String code, String what, String why, String todo) {

    /** The problem in the reader's language. */
    public static ReasonJson of(Problem problem, Locale locale) {
        var text = ProblemText.of(problem, locale);
        return new ReasonJson(problem.code(), text.what(), text.why(), text.todo());
    }
}
