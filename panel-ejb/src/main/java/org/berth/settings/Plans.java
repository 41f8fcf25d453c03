package org.berth.settings;

import jakarta.ejb.Stateless;
import java.util.List;
import org.berth.security.Actor;

/** Plans: how much a site may use. */
@Stateless
public class Plans {

    /** All plans, the default first. */
    public List<PlanView> list(Actor actor) {
        throw new UnsupportedOperationException();
    }
}
