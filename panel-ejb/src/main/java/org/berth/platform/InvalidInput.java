package org.berth.platform;

import java.util.List;

/** The request asks for something that can never be done as it stands. Nothing was changed. */
public class InvalidInput extends BerthException {

    public InvalidInput(Problem problem) {
        super(problem);
    }

    /** Several inputs are wrong at once. */
    public InvalidInput(List<Problem> problems) {
        super(problems, null);
    }
}
