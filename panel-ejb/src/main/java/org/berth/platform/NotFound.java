package org.berth.platform;

/** No such thing, or not for this actor: the two are told apart nowhere. */
public class NotFound extends BerthException {

    public NotFound(Problem problem) {
        super(problem);
    }
}
