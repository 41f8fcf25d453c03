package org.berth.certificates;

import java.util.List;

/**
 * An order at an authority.
 *
 * @param url where it is asked about
 * @param proofs what has still to be proven, empty when nothing has
 */
public record AcmeOrder(String url, State state, List<AcmeProof> proofs) {

    /** RFC 8555, 7.1.6. */
    public enum State {
        PENDING,
        READY,
        PROCESSING,
        VALID,
        /** Of no use any more. */
        INVALID
    }

    public AcmeOrder {
        proofs = List.copyOf(proofs);
    }
}
