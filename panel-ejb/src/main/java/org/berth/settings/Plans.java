package org.berth.settings;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import org.berth.security.Actor;
import org.berth.security.Permission;

/** Plans: how much a site may use. */
@Stateless
public class Plans {

    @PersistenceContext
    private EntityManager entities;

    /** All plans, the default first; for whoever may create sites. */
    public List<PlanView> list(Actor actor) {
        actor.require(Permission.on("site", "create"));
        return entities.createQuery("select p from Plan p order by p.usual desc, p.name", Plan.class)
                .getResultStream()
                .map(Plan::view)
                .toList();
    }

    /** The plan of new sites. */
    public PlanView usual() {
        return entities.createQuery("select p from Plan p where p.usual = true order by p.id", Plan.class)
                .setMaxResults(1)
                .getSingleResult()
                .view();
    }

    /** The plan that a site has. */
    public PlanView of(long id) {
        return entities.find(Plan.class, id).view();
    }
}
