package org.berth.web.frame;

import java.util.Optional;
import java.util.stream.Stream;
import org.berth.platform.BerthException;

/** Finds the failure that Berth expects in what Faces and the container have wrapped around it. */
final class Refusal {

    private Refusal() {}

    static Optional<BerthException> of(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .filter(BerthException.class::isInstance)
                .map(BerthException.class::cast)
                .findFirst();
    }
}
