package org.berth.services;

import jakarta.ejb.Stateless;
import org.berth.security.Actor;

/** Whether Berth can do its work. */
@Stateless
public class Health {

    /** The word alone, for anybody. */
    public HealthView.Status status() {
        throw new UnsupportedOperationException();
    }

    /** The word and the reasons, for administrators. */
    public HealthView view(Actor actor) {
        throw new UnsupportedOperationException();
    }
}
