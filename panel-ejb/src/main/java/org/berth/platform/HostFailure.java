package org.berth.platform;

/** The host did not do what it was asked to; the problem carries what it said. */
public class HostFailure extends BerthException {

    public HostFailure(Problem problem) {
        super(problem);
    }
}
