package org.berth.platform;

import jakarta.ejb.ApplicationException;
import java.util.List;

/**
 * Root of every failure that Berth expects; whatever else is thrown is a bug. Rolls the transaction back.
 *
 * <p>The subclasses say which kind it is, and so how an interface answers: {@link InvalidInput} 422, {@link NotFound}
 * 404, {@link Conflict} 409, {@link Denied} 403, {@link TooManyAttempts} 429, {@link HostFailure} 502.
 */
@ApplicationException(rollback = true)
public abstract class BerthException extends RuntimeException {

    private final transient List<Problem> problems;

    protected BerthException(List<Problem> problems, Throwable cause) {
        super(problems.toString(), cause);
        this.problems = List.copyOf(problems);
    }

    protected BerthException(Problem problem) {
        this(List.of(problem), null);
    }

    /** The first, or only, problem. */
    public Problem problem() {
        return problems.get(0);
    }

    /** All problems: a form shows each at its field. Never empty. */
    public List<Problem> problems() {
        return problems;
    }
}
