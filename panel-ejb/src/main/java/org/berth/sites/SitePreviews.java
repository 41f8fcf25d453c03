package org.berth.sites;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.berth.security.Secrets;

/** Links that show a site before its names lead here; whoever has one sees the site, so they stop working soon. */
@Dependent
class SitePreviews {

    private static final Duration LASTS = Duration.ofHours(24);

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private SiteRegister register;

    @Inject
    private Clock clock;

    PreviewLink open(Site site) {
        var token = Secrets.token();
        var now = clock.instant();
        var until = now.plus(LASTS);
        entities.persist(new PreviewToken(Secrets.digest(token), site.id(), now, until));
        return new PreviewLink("/preview/" + token + "/", until);
    }

    Optional<String> host(String token) {
        return Optional.ofNullable(entities.find(PreviewToken.class, Secrets.digest(token)))
                .filter(link -> link.isValidAt(clock.instant()))
                .map(link -> register.get(link.siteId()))
                .filter(site -> site.state() != SiteState.REMOVED)
                .flatMap(register::intactNames)
                .map(names -> names.canonical().ascii());
    }

    void forgetExpired() {
        entities.createQuery("delete from PreviewToken t where t.expiresAt < :now")
                .setParameter("now", clock.instant())
                .executeUpdate();
    }
}
