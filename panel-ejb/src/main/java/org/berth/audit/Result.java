package org.berth.audit;

/** How an action ended. */
public enum Result {
    /** It was done, or its job was started. */
    DONE,
    /** It cannot be done as asked: wrong input, no such thing, not now. */
    REFUSED,
    /** The actor may not do it. */
    DENIED,
    /** It should have worked and did not. */
    FAILED
}
