package org.berth.databases;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.berth.security.SecretBox;
import org.berth.security.Secrets;

/**
 * Databases of sites, for the component that owns sites; it has checked permissions before. Takes part in its
 * transaction.
 */
@Stateless
public class SiteDatabases {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private SecretBox box;

    @Inject
    private Clock clock;

    /** Writes down that a site has a database, with a password that nobody knows yet, before the host makes it. */
    public void plan(long siteId) {
        entities.persist(new SiteDatabase(siteId, box.seal(Secrets.password()), clock.instant()));
    }

    /** The database of a site. */
    public Optional<DatabaseView> of(long siteId) {
        return rows(siteId).findFirst().map(SiteDatabase::view);
    }

    /** Sites that have one. */
    public Set<Long> sites() {
        return Set.copyOf(entities.createQuery("select d.siteId from SiteDatabase d", Long.class)
                .getResultList());
    }

    /** Its password. */
    public Optional<String> password(long siteId) {
        return rows(siteId).findFirst().map(SiteDatabase::secret).map(box::open);
    }

    /** The host has removed it. */
    public void forget(long siteId) {
        rows(siteId).toList().forEach(entities::remove);
    }

    private Stream<SiteDatabase> rows(long siteId) {
        return entities.createQuery("select d from SiteDatabase d where d.siteId = :site", SiteDatabase.class)
                .setParameter("site", siteId)
                .getResultStream();
    }
}
