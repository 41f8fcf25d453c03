package org.berth.certificates;

import java.time.Instant;
import java.util.Optional;
import org.shredzone.acme4j.exception.AcmeException;

/** An authority, or whatever stands before it, has trouble of its own: every request would meet with that now. */
final class AcmeTrouble extends AcmeException {

    private static final long serialVersionUID = 1;

    private final transient Instant notBefore;

    AcmeTrouble(AcmeException answer, Optional<Instant> notBefore) {
        super(answer.getMessage(), answer);
        this.notBefore = notBefore.orElse(null);
    }

    /** When it wants to be asked again ({@code Retry-After}), if it says so. */
    Optional<Instant> notBefore() {
        return Optional.ofNullable(notBefore);
    }
}
