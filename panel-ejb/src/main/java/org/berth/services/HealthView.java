package org.berth.services;

import java.util.List;
import org.berth.platform.Problem;

/**
 * Whether Berth can do its work.
 *
 * @param reasons why not, worst first; empty for those who may not know
 * @param hints what could be better without anything being wrong
 */
public record HealthView(Status status, List<Problem> reasons, List<Problem> hints) {

    /** From good to bad. */
    public enum Status {
        HEALTHY,
        /** Works, but somebody should look. */
        DEGRADED,
        /** Changes to sites fail. */
        UNHEALTHY
    }

    public HealthView {
        reasons = List.copyOf(reasons);
        hints = List.copyOf(hints);
    }
}
