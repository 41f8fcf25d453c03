package org.berth.services;

import java.util.List;
import org.berth.platform.Problem;

/**
 * Whether Berth can do its work.
 *
 * @param reasons why not, worst first; empty for those who may not know
 */
public record HealthView(Status status, List<Problem> reasons) {

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
    }
}
