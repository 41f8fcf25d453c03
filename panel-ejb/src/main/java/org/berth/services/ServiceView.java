package org.berth.services;

import java.time.Instant;
import java.util.Optional;

/**
 * A service that the host runs for its sites or for Berth.
 *
 * @param name short name, such as {@code nginx}
 * @param unit systemd's unit
 * @param state systemd's ActiveState, such as {@code active}
 * @param sub systemd's SubState, such as {@code running}
 * @param since when it was started last
 * @param restarts how often systemd had to restart it
 * @param memoryBytes what its control group uses
 */
public record ServiceView(
        String name, String unit, String state, String sub, Optional<Instant> since, long restarts, long memoryBytes) {

    public boolean isActive() {
        return "active".equals(state);
    }
}
