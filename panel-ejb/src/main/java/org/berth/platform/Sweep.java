package org.berth.platform;

import java.time.Duration;

/**
 * Something that the clock does again and again: it looks into the rows for what is due and does it. The rows are the
 * truth, so a missed run is caught up by the next one and none is ever stored.
 */
public interface Sweep {

    /** Name in the log, kebab-case. */
    String name();

    /** Time between two runs. */
    Duration every();

    /** Time from the start of the panel to the first run. What asks the host about many sites leaves the start alone. */
    default Duration after() {
        return Duration.ZERO;
    }

    /** Does what is due; called outside a transaction, never twice at once. */
    void run();
}
