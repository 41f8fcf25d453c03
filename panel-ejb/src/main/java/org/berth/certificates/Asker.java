package org.berth.certificates;

import org.berth.security.Actor;
import org.berth.security.Via;

/** Who wants an order, which decides how many there may be. */
enum Asker {
    /** A renewal. */
    CLOCK,
    OWNER,
    ADMINISTRATOR;

    static Asker of(Actor actor) {
        if (actor.via() == Via.SYSTEM) {
            return CLOCK;
        }
        return actor.isAdministrator() ? ADMINISTRATOR : OWNER;
    }
}
