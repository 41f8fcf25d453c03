package org.berth.web.security;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import org.berth.accounts.Authenticated;

/**
 * What a session remembers of who began it: enough to look them up at each request, nothing that can go stale.
 *
 * @param accountId whose session it is
 * @param epoch the account's session epoch when it began
 * @param begunAt when it began
 */
record SessionHolder(long accountId, int epoch, Instant begunAt) implements Serializable {

    /** However busy, a session ends after this; a day's work fits. */
    private static final Duration LONGEST = Duration.ofHours(12);

    static SessionHolder of(Authenticated who) {
        return new SessionHolder(who.account().id(), who.sessionEpoch(), Instant.now());
    }

    boolean isOver() {
        return begunAt.plus(LONGEST).isBefore(Instant.now());
    }
}
