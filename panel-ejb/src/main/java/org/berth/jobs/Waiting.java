package org.berth.jobs;

import org.berth.security.Actor;
import org.berth.security.Via;

/**
 * A job that could begin.
 *
 * @param actor whoever wished it, and so whose turn it is
 * @param quick whether it is done in one step
 */
public record Waiting(long jobId, Actor actor, boolean quick) {

    /** Logins, and root and Berth itself, who have no account. */
    String person() {
        return actor.name();
    }

    /** Administrators do on purpose what takes long; owners, and the clock, leave room for others. */
    boolean leavesRoom() {
        return !actor.isAdministrator() || actor.via() == Via.SYSTEM;
    }
}
