package org.berth.certificates;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Duration;
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

    /** An order that was not gone on with for so long gives no certificate any more. */
    private static final Duration OPEN = Duration.ofDays(1);

    @PersistenceContext
    private EntityManager entities;

    /**
     * When another order may be made for a certificate.
     *
     * @param domains registered domains that it waits for; none for one that authorities let by
     * @return empty for now
     */
    Optional<Instant> freeAt(
            Asker asker,
            JobFacts job,
            AcmeDirectory directory,
            Certificate certificate,
            Set<String> domains,
            Instant now) {
        var ofAsker = switch (asker) {
            case CLOCK -> Stream.of(ofClock(directory, now));
            case ADMINISTRATOR ->
                Stream.of(ofPublic(ANYBODY, OrderLimit.ALL_BEFORE_PEOPLE, directory, now), ofNames(certificate, now));
            case OWNER ->
                Stream.of(
                        ofPublic(ANYBODY, OrderLimit.ALL_BEFORE_PEOPLE, directory, now),
                        ofNames(certificate, now),
                        of(Set.of(Asker.OWNER), OrderLimit.OWNERS, directory, now),
                        ofOwner(OrderLimit.OWNER, job.ownerId(), now),
                        ofOwner(OrderLimit.OWNER_A_DAY, job.ownerId(), now));
        };
        var ofDomains = domains.stream()
                .filter(any -> directory.isPublic())
                .flatMap(domain -> Stream.of(
                        ofDomain(domain, directory, now),
                        asker == Asker.ADMINISTRATOR
                                ? Optional.<Instant>empty()
                                : ofDomainsOwner(domain, job.ownerId(), directory, now)));
        return Stream.of(ofAsker, ofDomains, Stream.of(unfinished(job.site(), now)))
                .flatMap(some -> some)
                .flatMap(Optional::stream)
                .max(Instant::compareTo);
    }

    /** When the clock may make another order at an authority, whatever for; empty for now. */
    Optional<Instant> ofClock(AcmeDirectory directory, Instant now) {
        return Stream.of(
                        ofPublic(ANYBODY, OrderLimit.ALL, directory, now),
                        ofPublic(Set.of(Asker.CLOCK), OrderLimit.CLOCK, directory, now))
                .flatMap(Optional::stream)
                .max(Instant::compareTo);
    }

    private Optional<Instant> ofPublic(Set<Asker> askers, OrderLimit limit, AcmeDirectory directory, Instant now) {
        return directory.isPublic() ? of(askers, limit, directory, now) : Optional.empty();
    }

    private Optional<Instant> of(Set<Asker> askers, OrderLimit limit, AcmeDirectory directory, Instant now) {
        return limit.freeAt(made(askers, directory.id(), limit.since(now)), now);
    }

    private Optional<Instant> ofOwner(OrderLimit limit, long owner, Instant now) {
        return limit.freeAt(madeByOwner(owner, limit.since(now)), now);
    }

    /** The clock's do not count: it renews in its turn, and those that live for half a day four times in thirty hours. */
    private Optional<Instant> ofNames(Certificate certificate, Instant now) {
        return OrderLimit.SAME_NAMES.freeAt(madeForNames(certificate, OrderLimit.SAME_NAMES.since(now)), now);
    }

    private Optional<Instant> ofDomain(String domain, AcmeDirectory directory, Instant now) {
        var limit = OrderLimit.DOMAIN;
        return limit.freeAt(madeForDomain(domain, directory.id(), limit.since(now), now.minus(OPEN)), now);
    }

    private Optional<Instant> ofDomainsOwner(String domain, long owner, AcmeDirectory directory, Instant now) {
        var limit = OrderLimit.DOMAIN_OWNER;
        return limit.freeAt(madeForDomainOf(owner, domain, directory.id(), limit.since(now), now.minus(OPEN)), now);
    }

    private Optional<Instant> unfinished(long site, Instant now) {
        return OrderLimit.FAILED.freeAt(unfinishedSince(site, OrderLimit.FAILED.since(now)), now);
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

    /** When the owner has ordered, whatever for, the oldest first. */
    List<Instant> madeByOwner(long owner, Instant since) {
        return entities.createQuery(
                        "select o.madeAt from PlacedOrder o join Certificate c on c.id = o.certificateId"
                                + " join Site s on s.id = c.siteId where s.ownerId = :owner and o.askedBy = :asker"
                                + " and o.madeAt > :since order by o.madeAt",
                        Instant.class)
                .setParameter("owner", owner)
                .setParameter("asker", Asker.OWNER)
                .setParameter("since", since)
                .getResultList();
    }

    /** When people have ordered certificates for the same names, the oldest first. Those that failed gave no certificate. */
    List<Instant> madeForNames(Certificate certificate, Instant since) {
        return entities.createQuery(
                        "select o.madeAt from PlacedOrder o where o.namesDigest = :names and o.madeAt > :since"
                                + " and o.directoryId = :directory and o.state <> :failed and o.askedBy <> :clock"
                                + " order by o.madeAt",
                        Instant.class)
                .setParameter("clock", Asker.CLOCK)
                .setParameter("names", PlacedOrder.digest(certificate.names()))
                .setParameter("since", since)
                .setParameter("directory", certificate.directoryId())
                .setParameter("failed", PlacedOrder.State.FAILED)
                .getResultList();
    }

    /**
     * When new certificates of a registered domain were ordered, the oldest first. Those that failed gave none.
     *
     * @param open since when those count of which nobody has heard anything yet
     */
    List<Instant> madeForDomain(String domain, long directory, Instant since, Instant open) {
        return ofDomain("", domain, directory, since, open).getResultList();
    }

    /** The same for the sites of one owner, whoever ordered. */
    List<Instant> madeForDomainOf(long owner, String domain, long directory, Instant since, Instant open) {
        var ofOwner = " and o.certificateId in (select c.id from Certificate c, Site s where s.id = c.siteId"
                + " and s.ownerId = :owner)";
        return ofDomain(ofOwner, domain, directory, since, open)
                .setParameter("owner", owner)
                .getResultList();
    }

    private TypedQuery<Instant> ofDomain(String whose, String domain, long directory, Instant since, Instant open) {
        return entities.createQuery(
                        "select o.madeAt from PlacedOrder o join o.domains d where d = :domain and o.madeAt > :since"
                                + " and o.directoryId = :directory and (o.state = :done or o.state = :open"
                                + " and o.madeAt > :then)" + whose + " order by o.madeAt",
                        Instant.class)
                .setParameter("domain", domain)
                .setParameter("since", since)
                .setParameter("directory", directory)
                .setParameter("done", PlacedOrder.State.DONE)
                .setParameter("open", PlacedOrder.State.OPEN)
                .setParameter("then", open);
    }

    /**
     * When orders were made for a site that came to nothing, the oldest first. Who orders another one has given up those
     * that are still open, such as for other names of the same site.
     */
    List<Instant> unfinishedSince(long site, Instant since) {
        return entities.createQuery(
                        "select o.madeAt from PlacedOrder o join Certificate c on c.id = o.certificateId"
                                + " where c.siteId = :site and o.state <> :done and o.madeAt > :since"
                                + " order by o.madeAt",
                        Instant.class)
                .setParameter("site", site)
                .setParameter("done", PlacedOrder.State.DONE)
                .setParameter("since", since)
                .getResultList();
    }
}
