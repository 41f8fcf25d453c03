package org.berth.platform;

/** The actor may see the thing but not do this to it. */
public class Denied extends BerthException {

    public Denied(Problem problem) {
        super(problem);
    }
}
