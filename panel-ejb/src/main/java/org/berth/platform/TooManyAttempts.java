package org.berth.platform;

/** Refused for a while because of too many tries; the problem's first argument is the wait in seconds. */
public class TooManyAttempts extends BerthException {

    public TooManyAttempts(Problem problem) {
        super(problem);
    }
}
