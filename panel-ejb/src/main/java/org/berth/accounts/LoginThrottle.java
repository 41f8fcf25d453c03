package org.berth.accounts;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.berth.platform.Problem;
import org.berth.platform.TooManyAttempts;

/**
 * Slows guessing down: so many failed logins within a quarter of an hour, for one account and from one address, and the
 * next ones are not even looked at. A try counts as failed until it has succeeded, so that many at once do not slip
 * through; one that is turned away does not count, so that nobody is shut out for ever.
 */
@ApplicationScoped
class LoginThrottle {

    static final Duration WINDOW = Duration.ofMinutes(15);
    static final int PER_ACCOUNT = 5;
    /** Several people may share an address. */
    static final int PER_ADDRESS = 20;

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Clock clock;

    /** Counts a try, or refuses it with the seconds to wait. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void begin(String login, String address) {
        count(account(login), PER_ACCOUNT);
        count(address(address), PER_ADDRESS);
    }

    /** The password was right: the account's failures are forgotten, and this try for the address. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void succeeded(String login, String address) {
        entities.createQuery("delete from LoginAttempt a where a.bucket = :bucket")
                .setParameter("bucket", account(login))
                .executeUpdate();
        newest(address(address), 0).ifPresent(entities::remove);
    }

    /** Forgets what counts no more. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void forget() {
        entities.createQuery("delete from LoginAttempt a where a.failedAt < :before")
                .setParameter("before", clock.instant().minus(WINDOW))
                .executeUpdate();
    }

    private void count(String bucket, int limit) {
        var now = clock.instant();
        newest(bucket, limit - 1).ifPresent(decisive -> {
            var wait = Duration.between(now, decisive.failedAt().plus(WINDOW)).toSeconds() + 1;
            throw new TooManyAttempts(Problem.of("login-throttled", wait, (wait + 59) / 60));
        });
        entities.persist(new LoginAttempt(bucket, now));
    }

    /** The n-th newest failure that still counts. */
    private Optional<LoginAttempt> newest(String bucket, int index) {
        return entities.createQuery(
                        "select a from LoginAttempt a where a.bucket = :bucket and a.failedAt > :since"
                                + " order by a.failedAt desc, a.id desc",
                        LoginAttempt.class)
                .setParameter("bucket", bucket)
                .setParameter("since", clock.instant().minus(WINDOW))
                .setFirstResult(index)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    private static String account(String login) {
        return "account:" + login;
    }

    /** Of an IPv6 address the network counts: one customer has 2^64 addresses. */
    private static String address(String address) {
        return "address:" + Network.of(address);
    }
}
