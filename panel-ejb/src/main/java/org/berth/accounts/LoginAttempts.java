package org.berth.accounts;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The rows of {@link LoginThrottle}, each method a transaction of its own: an attempt is there for all others to see
 * before it is judged, and stays whatever becomes of the request.
 */
@Dependent
@Transactional(Transactional.TxType.REQUIRES_NEW)
class LoginAttempts {

    /** A failure counts for so long. */
    static final Duration WINDOW = Duration.ofMinutes(15);

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Clock clock;

    /** Notes one attempt in each bucket, in their order. */
    List<LoginAttempt> add(Collection<String> buckets) {
        var now = clock.instant();
        var attempts =
                buckets.stream().map(bucket -> new LoginAttempt(bucket, now)).toList();
        attempts.forEach(entities::persist);
        return attempts;
    }

    /** When the n-th newest of the bucket was, if so many count still. */
    Optional<Instant> newest(int n, String bucket) {
        return entities.createQuery(
                        "select a.failedAt from LoginAttempt a where a.bucket = :bucket and a.failedAt > :since"
                                // Whatever a clock has written that was ahead.
                                + " and a.failedAt <= :now"
                                + " order by a.failedAt desc",
                        Instant.class)
                .setParameter("bucket", bucket)
                .setParameter("since", clock.instant().minus(WINDOW))
                .setParameter("now", clock.instant())
                .setFirstResult(n - 1)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    void remove(Collection<LoginAttempt> attempts) {
        entities.createQuery("delete from LoginAttempt a where a.id in :ids")
                .setParameter("ids", attempts.stream().map(LoginAttempt::id).toList())
                .executeUpdate();
    }

    void clear(String bucket) {
        entities.createQuery("delete from LoginAttempt a where a.bucket = :bucket")
                .setParameter("bucket", bucket)
                .executeUpdate();
    }

    /** Removes what counts no more. */
    void forget() {
        entities.createQuery("delete from LoginAttempt a where a.failedAt < :before or a.failedAt > :now")
                .setParameter("before", clock.instant().minus(WINDOW))
                .setParameter("now", clock.instant())
                .executeUpdate();
    }
}
