package org.berth.web.platform;

import java.util.Optional;
import org.berth.platform.FullDatabase;
import org.berth.platform.LostDatabase;
import org.berth.platform.Problem;

/**
 * Something that Berth itself misses, so that a request fails by nobody's mistake.
 *
 * @param status 503 of RFC 9110 for what passes by itself, 507 of RFC 4918 for a lack of room
 * @param retryAfter seconds after which to try again, where that helps
 */
public record Outage(int status, Problem problem, Optional<Integer> retryAfter) {

    private static final int UNAVAILABLE = 503;
    private static final int INSUFFICIENT_STORAGE = 507;

    /** What is behind a failure; empty for a bug. */
    public static Optional<Outage> behind(Throwable failure) {
        if (LostDatabase.isBehind(failure)) {
            return Optional.of(new Outage(
                    UNAVAILABLE, Problem.of("panel-database-lost"), Optional.of(LostDatabase.RETRY_AFTER_SECONDS)));
        }
        return FullDatabase.isBehind(failure)
                ? Optional.of(new Outage(INSUFFICIENT_STORAGE, Problem.of("panel-database-full"), Optional.empty()))
                : Optional.empty();
    }
}
