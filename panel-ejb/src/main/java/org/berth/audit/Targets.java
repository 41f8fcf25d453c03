package org.berth.audit;

import java.util.Optional;
import org.berth.security.Actor;

/**
 * Knows the things of one component, so that the audit calls them by their names and not by whatever somebody called
 * them. A component whose things have names has one.
 */
public interface Targets {

    /** Kind of thing, the domain of the permission. */
    String type();

    /** The thing that is meant; empty when there is none that the actor may know of. */
    Optional<Target> find(Actor actor, String reference);
}
