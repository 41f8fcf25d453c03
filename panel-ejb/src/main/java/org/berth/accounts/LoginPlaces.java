package org.berth.accounts;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import org.berth.platform.InstantColumn;

/** From which networks an account was logged in to of late. */
@Dependent
@Transactional(Transactional.TxType.REQUIRES_NEW)
class LoginPlaces {

    private static final Duration KEPT = Duration.ofDays(90);

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Clock clock;

    void add(String login, String network) {
        entities.createNativeQuery("insert into login_place (login, network, last_login_at) values (?1, ?2, ?3)"
                        + " on duplicate key update last_login_at = ?3")
                .setParameter(1, login)
                .setParameter(2, network)
                .setParameter(3, column(clock.instant()))
                .executeUpdate();
    }

    boolean has(String login, String network) {
        return !entities.createNativeQuery("select 1 from login_place where login = ?1 and network = ?2")
                .setParameter(1, login)
                .setParameter(2, network)
                .getResultList()
                .isEmpty();
    }

    /** Removes those where nobody was for long. */
    void forget() {
        entities.createNativeQuery("delete from login_place where last_login_at < ?1")
                .setParameter(1, column(clock.instant().minus(KEPT)))
                .executeUpdate();
    }

    private static LocalDateTime column(Instant at) {
        return new InstantColumn().convertToDatabaseColumn(at);
    }
}
