package org.berth.certificates;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.berth.jobs.Json;
import org.berth.platform.Conflict;
import org.berth.platform.HostIdentity;
import org.berth.platform.NotFound;
import org.berth.platform.Problem;

/** Finds what is stored of authorities, certificates and orders. */
@Dependent
class CertificateRows {

    /** What people look back at. */
    static final int HISTORY = 20;

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private HostIdentity host;

    /** An authority by id or name. */
    AcmeDirectory directory(String idOrName) {
        return entities.createQuery("select d from AcmeDirectory d", AcmeDirectory.class)
                .getResultStream()
                .filter(some -> some.name().equals(idOrName)
                        || String.valueOf(some.id()).equals(idOrName))
                .findFirst()
                .orElseThrow(() -> new NotFound(Problem.of("authority-unknown", idOrName)));
    }

    AcmeDirectory directory(long id) {
        return entities.find(AcmeDirectory.class, id);
    }

    List<AcmeDirectory> directories() {
        return entities.createQuery("select d from AcmeDirectory d order by d.usual desc, d.name", AcmeDirectory.class)
                .getResultList();
    }

    /** The authority from which sites for which nobody has chosen anything get one by themselves. */
    Optional<AcmeDirectory> directoryForAll() {
        return directories().stream().filter(AcmeDirectory::servesAll).findFirst();
    }

    /** The authority of sites that choose none. */
    AcmeDirectory usualDirectory() {
        return directories().stream()
                .filter(AcmeDirectory::isUsual)
                .findFirst()
                .orElseThrow(() -> new Conflict(Problem.of("authority-no-default")));
    }

    /** Whether a site or a certificate, also one of the past, needs an authority. */
    boolean isUsed(long directory) {
        return Stream.of("SiteCertificate", "Certificate")
                .map(type -> entities.createQuery(
                                "select count(u) from " + type + " u where u.directoryId = :id", Long.class)
                        .setParameter("id", directory)
                        .getSingleResult())
                .anyMatch(count -> count > 0);
    }

    /** Canonical names of the sites whose names are proven by an access, also of deleted ones, and of the panel. */
    List<String> sitesWithAccess(long access) {
        return entities.createQuery(
                        "select coalesce(s.name, :panel) from SiteCertificate w left join Site s on s.id = w.siteId"
                                + " where w.dnsAccess = :access",
                        String.class)
                .setParameter("access", access)
                .setParameter("panel", host.name())
                .getResultList();
    }

    Optional<SiteCertificate> wish(long site) {
        return Optional.ofNullable(entities.find(SiteCertificate.class, site));
    }

    Optional<Certificate> certificate(long site, int number) {
        return entities.createQuery(
                        "select c from Certificate c where c.siteId = :site and c.number = :number", Certificate.class)
                .setParameter("site", site)
                .setParameter("number", number)
                .getResultStream()
                .findFirst();
    }

    /** Registered domains for which an authority counts a certificate as a new one; none for a renewal. */
    Set<String> newDomains(long site, Certificate certificate) {
        return isRenewal(site, certificate) ? Set.of() : CertificateNames.registered(certificate.names());
    }

    /**
     * Whether a site had one for exactly the same names of the same authority, which lets renewals by whatever limit there is
     * for new ones. Of what somebody has brought it may know nothing.
     */
    boolean isRenewal(long site, Certificate certificate) {
        return entities.createQuery(
                                "select count(c) from Certificate c where c.siteId = :site and c.names = :names"
                                        + " and c.chain is not null and c.directoryId = :directory",
                                Long.class)
                        .setParameter("site", site)
                        .setParameter("names", Json.texts(certificate.names()))
                        .setParameter("directory", certificate.directoryId())
                        .getSingleResult()
                > 0;
    }

    /** What visitors of a site get, if it did not sign that itself. */
    Optional<Certificate> served(long site) {
        return entities.createQuery("select c from Certificate c where c.servedSiteId = :site", Certificate.class)
                .setParameter("site", site)
                .getResultStream()
                .findFirst();
    }

    /** What visitors of a site get, if their browsers trust it. */
    Optional<IssuedCertificate> trusted(long site, Instant now) {
        return served(site)
                .filter(served -> served.goodUntil().filter(now::isBefore).isPresent())
                .flatMap(Certificate::sound)
                .filter(served -> CertificateTrust.doubt(served).isEmpty());
    }

    /** What an authority has issued for a site, and is not installed yet. */
    Optional<IssuedCertificate> uninstalled(long site, long directory) {
        return history(site).stream()
                .findFirst()
                .filter(newest -> newest.isIssued() && newest.isOf(directory))
                .flatMap(Certificate::sound);
    }

    /** What an authority has issued last. */
    Optional<IssuedCertificate> lastOf(long directory) {
        return entities.createQuery(
                        "select c from Certificate c where c.directoryId = :directory and c.chain is not null"
                                + " order by c.id desc",
                        Certificate.class)
                .setParameter("directory", directory)
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .flatMap(Certificate::sound);
    }

    /** When what visitors of a site get expires, if the site did not sign that itself; of what is void since when it is. */
    Optional<Instant> expiry(long site) {
        return served(site).flatMap(Certificate::goodUntil);
    }

    /** When what visitors of some sites get expires; without those that signed it themselves. */
    Map<Long, Instant> ends(Collection<Long> sites) {
        return sites.isEmpty()
                ? Map.of()
                : entities.createQuery(
                                "select c.servedSiteId, c.notAfter from Certificate c where c.servedSiteId in :sites"
                                        + " and c.notAfter is not null",
                                Object[].class)
                        .setParameter("sites", sites)
                        .getResultStream()
                        .collect(Collectors.toMap(row -> (Long) row[0], row -> (Instant) row[1]));
    }

    /** The host's numbers of what visitors get, by site; without sites that signed that themselves. */
    Map<Long, Integer> numbers() {
        return entities.createQuery(
                        "select c.servedSiteId, c.number from Certificate c where c.servedSiteId is not null",
                        Object[].class)
                .getResultStream()
                .collect(Collectors.toMap(row -> (Long) row[0], row -> (Integer) row[1]));
    }

    /** The host's numbers of the newest certificates with which an attempt can go on, by site. */
    Map<Long, Integer> ordered() {
        return entities.createQuery(
                        "select c.siteId, c.number from Certificate c where c.endedAt is null"
                                + " and (c.state in :open or c.state = :failed and c.chain is null) and not exists"
                                + " (select n from Certificate n where n.siteId = c.siteId and n.number > c.number)",
                        Object[].class)
                .setParameter("open", List.of(CertificateState.REQUESTED, CertificateState.ISSUED))
                .setParameter("failed", CertificateState.FAILED)
                .getResultStream()
                .collect(Collectors.toMap(row -> (Long) row[0], row -> (Integer) row[1]));
    }

    /**
     * What visitors of a site got before what they get now, if they could get it again: the host keeps one beside what is
     * served, which is none if the site signed its own in between.
     */
    Optional<Certificate> before(long site, Instant now) {
        var since = served(site).flatMap(Certificate::servedAt);
        return history(site).stream()
                .filter(some -> some.isReturnable(now))
                .filter(some -> since.isEmpty() || since.get().equals(some.endedAt()))
                .max(Comparator.comparing(Certificate::endedAt));
    }

    /** Every name that a site, or the panel, answers to. */
    List<String> namesOf(long site) {
        return site == Holder.PANEL
                ? List.of(host.name())
                : entities.createQuery(
                                "select n.name from HostName n where n.siteId = :site order by n.name", String.class)
                        .setParameter("site", site)
                        .getResultList();
    }

    /** Every name that a site which is not deleted answers to. */
    List<NamedSites.Name> names() {
        return entities.createQuery(
                        "select n.name, s.id, s.name, c.fingerprint from HostName n join Site s on s.id = n.siteId"
                                + " left join Certificate c on c.servedSiteId = n.siteId where s.state in :living",
                        Object[].class)
                .setParameter("living", CertificateSearch.LIVING)
                .getResultStream()
                .map(row -> new NamedSites.Name(
                        (String) row[0], (Long) row[1], (String) row[2], Optional.ofNullable((String) row[3])))
                .toList();
    }

    /** The newest first. */
    List<Certificate> history(long site) {
        return entities.createQuery(
                        "select c from Certificate c where c.siteId = :site order by c.number desc", Certificate.class)
                .setParameter("site", site)
                .setMaxResults(HISTORY)
                .getResultList();
    }

    /** An authority whose state changes: whoever else hears of it at the same moment waits. */
    AcmeDirectory lockedDirectory(long id) {
        return entities.find(AcmeDirectory.class, id, LockModeType.PESSIMISTIC_WRITE);
    }

    /** Orders of an account that there is no more, or of another one, are of no use. */
    void loseOrders(long directory) {
        entities.createQuery(
                        "update PlacedOrder o set o.state = :failed where o.directoryId = :directory and o.state = :open")
                .setParameter("failed", PlacedOrder.State.FAILED)
                .setParameter("open", PlacedOrder.State.OPEN)
                .setParameter("directory", directory)
                .executeUpdate();
    }
}
