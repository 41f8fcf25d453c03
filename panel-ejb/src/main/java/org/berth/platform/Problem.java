package org.berth.platform;

import java.util.List;

/**
 * A failure that is told to a person: what happened, why, and what to do.
 *
 * <p>Holds a code and arguments, not text: the three sentences are looked up in the bundle {@code
 * org.berth.platform.problems} under {@code <code>.what}, {@code <code>.why} and {@code <code>.todo}, in the reader's
 * language ({@link ProblemText}).
 *
 * @param code kebab-case name, stable: the REST API shows it as the problem type
 * @param args values for the sentences, in order; already safe to show to whoever caused the problem
 * @param field name of the input it is about, empty when it is about the whole request
 */
public record Problem(String code, List<String> args, String field) {

    public Problem {
        args = List.copyOf(args);
    }

    /** A problem with the request as a whole. */
    public static Problem of(String code, Object... args) {
        return new Problem(code, texts(args), "");
    }

    /** The same problem, blamed on one input. */
    public Problem at(String field) {
        return new Problem(code, args, field);
    }

    private static List<String> texts(Object... args) {
        return java.util.Arrays.stream(args).map(String::valueOf).toList();
    }
}
