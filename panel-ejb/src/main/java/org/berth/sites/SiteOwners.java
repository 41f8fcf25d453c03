package org.berth.sites;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Optional;
import org.berth.accounts.AccountState;
import org.berth.platform.Denied;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;
import org.berth.security.Actor;
import org.berth.security.Role;

/** Whose a new site is. */
@Dependent
class SiteOwners {

    @PersistenceContext
    private EntityManager entities;

    /** The named account for administrators, else the actor; root's sites belong to the first administrator. */
    long of(Actor actor, Optional<String> login) {
        if (login.isEmpty()) {
            return actor.accountId() > 0 ? actor.accountId() : firstAdministrator();
        }
        if (!actor.isAdministrator() && !actor.name().equals(login.get())) {
            throw new Denied(Problem.of("site-owner-other", login.get()).at("owner"));
        }
        return account("a.login = :value", login.get())
                .orElseThrow(() -> new InvalidInput(
                        Problem.of("site-owner-unknown", login.get()).at("owner")));
    }

    private long firstAdministrator() {
        return account("a.role = :value", Role.ADMINISTRATOR)
                .orElseThrow(
                        () -> new InvalidInput(Problem.of("site-owner-needed").at("owner")));
    }

    private Optional<Long> account(String condition, Object value) {
        return entities.createQuery(
                        "select a.id from Account a where a.state = :active and " + condition + " order by a.id",
                        Long.class)
                .setParameter("active", AccountState.ACTIVE)
                .setParameter("value", value)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }
}
