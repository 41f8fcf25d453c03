package org.berth.host;

/** A host on which verbs can be called. */
public interface Host {

    /**
     * Calls a verb and waits for its answer.
     *
     * @throws VerbFailure when the verb refused, failed, or did not answer in time
     */
    VerbResult call(VerbCall call);
}
