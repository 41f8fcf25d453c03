package org.berth.certificates;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.berth.jobs.JobFacts;

/** Says by the orders of before when another one may be made. */
@Dependent
class OrderBudget {

    private static final Set<Asker> ANYBODY = EnumSet.allOf(Asker.class);

    @PersistenceContext
    private EntityManager entities;

    /**
     * When another order may be made for a certificate.
     *
     * @return empty for now
     */
    Optional<Instant> freeAt(Asker asker, JobFacts job, Certificate certificate, Instant now) {
        var directory = certificate.directoryId();
        var ofAsker = switch (asker) {
            case CLOCK -> Stream.of(ofClock(directory, now));
            case ADMINISTRATOR -> Stream.of(of(ANYBODY, OrderLimit.ALL_BEFORE_PEOPLE, directory, now));
            case OWNER ->
                Stream.of(
                        of(ANYBODY, OrderLimit.ALL_BEFORE_PEOPLE, directory, now),
                        of(Set.of(Asker.OWNER), OrderLimit.OWNERS, directory, now),
                        ofOwner(OrderLimit.OWNER, job.ownerId(), now),
                        ofOwner(OrderLimit.OWNER_A_DAY, job.ownerId(), now));
        };
        return Stream.concat(ofAsker, Stream.of(ofNames(certificate, now), unfinished(job.site(), now)))
                .flatMap(Optional::stream)
                .max(Instant::compareTo);
    }

    /** When the clock may make another order at an authority, whatever for; empty for now. */
    Optional<Instant> ofClock(long directory, Instant now) {
        return Stream.of(
                        of(ANYBODY, OrderLimit.ALL, directory, now),
                        of(Set.of(Asker.CLOCK), OrderLimit.CLOCK, directory, now))
                .flatMap(Optional::stream)
                .max(Instant::compareTo);
    }

    private Optional<Instant> of(Set<Asker> askers, OrderLimit limit, long directory, Instant now) {
        return limit.freeAt(made(askers, directory, limit.since(now)), now);
    }

    /** When these have ordered, the oldest first. */
    List<Instant> made(Set<Asker> askers, long directory, Instant since) {
        return entities.createQuery(
                        "select o.madeAt from PlacedOrder o where o.directoryId = :directory and o.madeAt > :since"
                                + " and o.askedBy in :askers order by o.madeAt",
                        Instant.class)
                .setParameter("directory", directory)
                .setParameter("askers", askers)
                .setParameter("since", since)
                .getResultList();
    }

    private Optional<Instant> ofOwner(OrderLimit limit, long owner, Instant now) {
        var times = entities.createQuery(
                        "select o.madeAt from PlacedOrder o join Certificate c on c.id = o.certificateId"
                                + " join Site s on s.id = c.siteId where s.ownerId = :owner and o.askedBy = :asker"
                                + " and o.madeAt > :since order by o.madeAt",
                        Instant.class)
                .setParameter("owner", owner)
                .setParameter("asker", Asker.OWNER)
                .setParameter("since", limit.since(now))
                .getResultList();
        return limit.freeAt(times, now);
    }

    /** Those that failed gave no certificate. */
    private Optional<Instant> ofNames(Certificate certificate, Instant now) {
        var times = entities.createQuery(
                        "select o.madeAt from PlacedOrder o where o.namesDigest = :names and o.madeAt > :since"
                                + " and o.directoryId = :directory and o.state <> :failed order by o.madeAt",
                        Instant.class)
                .setParameter("names", PlacedOrder.digest(certificate.names()))
                .setParameter("since", OrderLimit.SAME_NAMES.since(now))
                .setParameter("directory", certificate.directoryId())
                .setParameter("failed", PlacedOrder.State.FAILED)
                .getResultList();
        return OrderLimit.SAME_NAMES.freeAt(times, now);
    }

    /** Who orders another one has given up those that are still open, such as for other names of the same site. */
    private Optional<Instant> unfinished(long site, Instant now) {
        var times = entities.createQuery(
                        "select o.madeAt from PlacedOrder o join Certificate c on c.id = o.certificateId"
                                + " where c.siteId = :site and o.state <> :done and o.madeAt > :since"
                                + " order by o.madeAt",
                        Instant.class)
                .setParameter("site", site)
                .setParameter("done", PlacedOrder.State.DONE)
                .setParameter("since", OrderLimit.FAILED.since(now))
                .getResultList();
        return OrderLimit.FAILED.freeAt(times, now);
    }
}
