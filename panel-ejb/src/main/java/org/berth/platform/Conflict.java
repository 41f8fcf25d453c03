package org.berth.platform;

import java.util.List;

/** Possible in general, not now: a name is taken, a job is running, the state forbids it. Nothing was changed. */
public class Conflict extends BerthException {

    public Conflict(Problem problem) {
        super(problem);
    }

    /** For several reasons at once. */
    public Conflict(List<Problem> problems) {
        super(problems, null);
    }
}
