package org.berth.sites;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import org.berth.platform.Conflict;
import org.berth.platform.DomainName;
import org.berth.platform.NotFound;
import org.berth.platform.Problem;
import org.berth.security.Actor;

/** Finds stored sites, for those who may see them. */
@Dependent
class SiteRegister {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private NameRegistry registry;

    /** A site by id or canonical name; missing, removed and somebody else's are told apart nowhere. */
    Site visible(Actor actor, String idOrName) {
        var site = byId(idOrName).or(() -> byName(idOrName));
        return site.filter(found -> found.state() != SiteState.REMOVED || actor.isAdministrator())
                .filter(found -> actor.may(found.permission("read")))
                .orElseThrow(() -> new NotFound(Problem.of("site-unknown", idOrName)));
    }

    /** The same, locked, for an actor who may also do this to it. */
    Site forAction(Actor actor, String idOrName, String action) {
        var site = visible(actor, idOrName);
        actor.require(site.permission(action));
        entities.refresh(site, LockModeType.PESSIMISTIC_WRITE);
        return site;
    }

    /** A site that a job works on, locked. */
    Site locked(long id) {
        return entities.find(Site.class, id, LockModeType.PESSIMISTIC_WRITE);
    }

    Site get(long id) {
        return entities.find(Site.class, id);
    }

    /** The names that the site answers to; refused where rows were changed by hand. */
    SiteNames names(Site site) {
        return intactNames(site).orElseThrow(() -> new Conflict(site.damaged()));
    }

    /** The same; none where rows were changed by hand. */
    Optional<SiteNames> intactNames(Site site) {
        return SiteNames.stored(site, registry.of(site.id()));
    }

    /** Every name as it is written down for the site. */
    List<SiteName> storedNames(Site site) {
        return registry.of(site.id()).stream()
                .map(held -> new SiteName(held.stored(), DomainName.shown(held.stored()), held.kind()))
                .toList();
    }

    private Optional<Site> byId(String text) {
        return text.matches("[0-9]{1,9}")
                ? Optional.ofNullable(entities.find(Site.class, Long.valueOf(text)))
                : Optional.empty();
    }

    private Optional<Site> byName(String text) {
        return entities.createQuery(
                        "select s from Site s where s.name = :name and s.state <> :removed order by s.id desc",
                        Site.class)
                .setParameter("name", DomainName.asciiOrSame(text))
                .setParameter("removed", SiteState.REMOVED)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }
}
