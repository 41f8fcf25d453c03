package org.berth.sites;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.berth.platform.Conflict;
import org.berth.platform.DomainName;
import org.berth.platform.HostIdentity;
import org.berth.platform.Problem;

/**
 * The one place where it is decided whether a name is free. A name is taken by one site at most; below or above a name of
 * somebody else only an administrator gives names away; the panel's own name is never given away.
 */
@Dependent
class NameRegistry {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private HostIdentity host;

    /** Makes decisions about names wait for each other until the transaction ends. */
    void lock() {
        entities.createNativeQuery("select id from site_name_registry where id = 1 for update")
                .getSingleResult();
    }

    /**
     * Why a name cannot be taken.
     *
     * @param site the site that may have it already, 0 for a new one
     * @param owner account whose site it will be
     * @param anywhere whether it may lie below or above names of others
     */
    Optional<Problem> objection(DomainName name, long site, long owner, boolean anywhere) {
        var panel = host.name();
        if (name.ascii().equals(panel) || !anywhere && touches(name.ascii(), panel)) {
            return Optional.of(Problem.of("name-of-panel", name.unicode()));
        }
        var holder = entities.find(HostName.class, name.ascii());
        if (holder != null && holder.siteId() != site) {
            return Optional.of(Problem.of("name-taken", name.unicode()));
        }
        return anywhere || neighbours(name, owner).isEmpty()
                ? Optional.empty()
                : Optional.of(Problem.of("name-beside-others", name.unicode()));
    }

    /** Takes what is not yet the site's, or refuses all of it. Call {@link #lock} before. */
    void take(Map<DomainName, NameKind> names, long site, long owner, boolean anywhere) {
        names.forEach((name, kind) -> {
            require(name, site, owner, anywhere, kind == NameKind.ALIAS ? "aliases" : "name");
            hold(name, site, kind);
        });
    }

    /** Holds the names that a change will need. */
    void reserve(SiteNames names, long site, long owner, boolean anywhere) {
        names.taken().forEach((name, kind) -> {
            require(name, site, owner, anywhere, kind == NameKind.ALIAS ? "aliases" : "www");
            hold(name, site, NameKind.RESERVED);
        });
    }

    /** The site answers to exactly these names now. */
    void settle(SiteNames names, long site) {
        var taken = names.taken();
        for (var held : of(site)) {
            var kind = taken.get(held.name());
            if (kind == null) {
                entities.remove(held);
            } else {
                held.becomes(kind);
            }
        }
    }

    /** A change was not made: what was held for it is free. */
    void unreserve(long site) {
        of(site).stream().filter(held -> held.kind() == NameKind.RESERVED).forEach(entities::remove);
    }

    /** The site is gone: all its names are free. */
    void release(long site) {
        of(site).forEach(entities::remove);
    }

    List<HostName> of(long site) {
        return entities.createQuery("select n from HostName n where n.siteId = :site order by n.name", HostName.class)
                .setParameter("site", site)
                .getResultList();
    }

    private void require(DomainName name, long site, long owner, boolean anywhere, String field) {
        objection(name, site, owner, anywhere).ifPresent(problem -> {
            throw new Conflict(problem.at(field));
        });
    }

    private void hold(DomainName name, long site, NameKind kind) {
        if (entities.find(HostName.class, name.ascii()) == null) {
            entities.persist(new HostName(name, site, kind));
        }
    }

    /** Names of others above or below this one. */
    private Collection<String> neighbours(DomainName name, long owner) {
        var parents = name.parents();
        return entities.createQuery(
                        "select n.name from HostName n, Site s where s.id = n.siteId and s.ownerId <> :owner"
                                + " and (n.name in :parents or n.name like :below)",
                        String.class)
                .setParameter("owner", owner)
                .setParameter("parents", parents.isEmpty() ? List.of("") : parents)
                .setParameter("below", "%." + name.ascii())
                .setMaxResults(1)
                .getResultList();
    }

    private static boolean touches(String name, String panel) {
        return name.endsWith("." + panel) || panel.endsWith("." + name);
    }
}
