package org.berth.jobs;

import org.berth.host.VerbResult;

/**
 * One step of a recipe. {@link #run} and {@link #undo} work on the host, outside any transaction; {@link #done} is called
 * inside the transaction that stores the result.
 */
public interface Step {

    /** Does it. Doing it again after it was done, or half done, must lead to the same. */
    VerbResult run(StepContext context);

    /** Takes it back, also when it was only half done or not at all. */
    default VerbResult undo(StepContext context) {
        throw new UnsupportedOperationException("a step of a recipe that undoes must say how");
    }

    /** Makes the rows say what is now true. */
    default void done(JobFacts job) {}

    /** Whether it may simply be run again when nobody knows how far it came. */
    default boolean isIdempotent() {
        return true;
    }
}
