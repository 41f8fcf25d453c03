package org.berth.services;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.berth.security.Actor;
import org.berth.security.Permission;

/** Whether Berth can do its work. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Health {

    @Inject
    private HealthCheck check;

    /** The word alone, for anybody. */
    public HealthView.Status status() {
        return check.latest().status();
    }

    /** The word and the reasons, for administrators. */
    public HealthView view(Actor actor) {
        actor.require(Permission.on("host", "read"));
        return check.latest();
    }
}
