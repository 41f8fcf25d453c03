package org.berth.certificates;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.berth.jobs.JobState;
import org.berth.jobs.Json;
import org.berth.platform.Problem;
import org.berth.security.SecretBox;
import org.berth.security.Via;

/** What the clock finds due; for sweeps, which have no transaction. */
@Stateless
public class DueCertificates {

    /**
     * No more renewals of the clock are under way at the same time: a site waits with whatever else is wished for it as long
     * as its renewal waits, and a host that was off for long is not drowned.
     */
    static final int AT_ONCE = 8;

    /** About so many certificates each authority is asked in one sweep; 28 a minute are 10,000 in six hours. */
    static final int ASKED_AT_ONCE = 60;

    private static final Duration ASKED_AGAIN_AFTER_FAILURE = Duration.ofHours(6);

    /** An authority that has said nothing for so long has not answered when it was asked, which it is each day at least. */
    private static final Duration SILENT = Duration.ofDays(2);

    private static final Duration BUSY = Duration.ofMinutes(5);
    private static final Duration BROKEN = Duration.ofHours(1);
    private static final Duration LATELY = Duration.ofHours(1);
    private static final int AT_A_TIME = 200;

    private static final String OF_LIVING = " from SiteCertificate w left join Site s on s.id = w.siteId"
            + " left join Certificate c on c.servedSiteId = w.siteId where (w.siteId = " + Holder.PANEL
            + " or s.state in :living) and ";

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private CertificateRows rows;

    @Inject
    private OrderBudget budget;

    @Inject
    private SecretBox box;

    @Inject
    private Clock clock;

    /** From now on sites for which nobody has chosen anything get one by themselves, if an authority is there for them. */
    public void await() {
        rows.directoryForAll()
                .ifPresent(directory -> entities.createQuery(
                                "select s.id from Site s where s.state in :living"
                                        + " and not exists (select w from SiteCertificate w where w.siteId = s.id) order by s.id desc",
                                Long.class)
                        .setParameter("living", CertificateSearch.LIVING)
                        .setMaxResults(AT_ONCE)
                        .getResultList()
                        .forEach(site ->
                                entities.persist(SiteCertificate.automatic(site, directory.id(), clock.instant()))));
    }

    /**
     * Sites whose certificate is to be ordered now, at authorities whose limits leave room; first ones are the last, since
     * nothing of theirs expires. What failed, or is about to expire, is never due in more than a day, or in a week where it
     * cannot succeed as things stand or an authority has said so: if it is, the clock was wrong when that was written.
     */
    public List<Long> renewals() {
        var now = clock.instant();
        var room = AT_ONCE - underWay();
        if (room <= 0) {
            return List.of();
        }
        var directories = rows.directories();
        var closed = directories.stream()
                .filter(some -> some.isResting(now) || budget.ofClock(some, now).isPresent())
                .map(AcmeDirectory::id)
                .toList();
        var query = entities.createQuery(
                        "select w.siteId, w.directoryId" + OF_LIVING
                                + "(w.dueAt < :now or (w.failures > 0 or c.alarmAt < :now) and (w.dueAt > :longest or w.dueAt > :never"
                                + " and w.lasting = false and (w.problemCode is null or w.problemCode not in :told)))"
                                + (closed.isEmpty() ? "" : " and w.directoryId not in :closed")
                                + (directories.stream().anyMatch(AcmeDirectory::servesAll)
                                        ? ""
                                        : " and w.automatic = false")
                                + " order by w.automatic, w.dueAt",
                        Object[].class)
                .setParameter("living", CertificateSearch.LIVING)
                .setParameter("now", now)
                .setParameter("never", now.plus(SiteCertificate.LONGEST_WAIT))
                .setParameter("told", AcmeErrors.TIMED)
                .setParameter("longest", now.plus(SiteCertificate.LONGEST_REFUSAL))
                .setMaxResults(room);
        if (!closed.isEmpty()) {
            query.setParameter("closed", closed);
        }
        var troubled = directories.stream().filter(AcmeDirectory::isTroubled).map(AcmeDirectory::id);
        return withOneOf(troubled.toList(), query.getResultList());
    }

    /** One site finds out whether an authority's trouble is over. */
    static List<Long> withOneOf(List<Long> troubled, List<Object[]> due) {
        var asked = new HashSet<>();
        return due.stream()
                .filter(row -> !troubled.contains(row[1]) || asked.add(row[1]))
                .map(row -> (Long) row[0])
                .toList();
    }

    /**
     * Sites that were given other names lately, or other ways between them, each with the job that did so last, unless that
     * was looked at.
     */
    public Map<Long, Long> changed() {
        return entities.createQuery(
                        "select j.siteId, max(j.id) from Job j join j.steps s join SiteCertificate w on w.siteId = j.siteId"
                                + " where j.finishedAt > :then and j.type = 'site-update' and j.state = :succeeded"
                                + " and s.name = 'vhost'"
                                + " and (w.lookedJob is null or w.lookedJob < j.id) group by j.siteId",
                        Object[].class)
                .setParameter("then", clock.instant().minus(LATELY))
                .setParameter("succeeded", JobState.SUCCEEDED)
                .getResultStream()
                .collect(Collectors.toMap(row -> (Long) row[0], row -> (Long) row[1]));
    }

    /** How many renewals of the clock wait or are at work. */
    private int underWay() {
        return entities.createQuery(
                        "select count(j) from Job j where j.activeSiteId is not null and j.type = :type and j.via = :via",
                        Long.class)
                .setParameter("type", IssueRecipe.TYPE)
                .setParameter("via", Via.SYSTEM)
                .getSingleResult()
                .intValue();
    }

    /** The clock may not renew a certificate, and somebody has to do something about it. */
    public void refused(long site, Problem why) {
        stillDue(site).ifPresent(wish -> wish.refused(why, rows.expiry(site), clock.instant()));
    }

    /** The clock cannot renew a certificate just now. */
    public void busy(long site, Problem why) {
        var now = clock.instant();
        stillDue(site).ifPresent(wish -> wish.putOff(why, now.plus(BUSY), now));
    }

    /** Somebody may have said meanwhile that none is wanted. */
    private Optional<SiteCertificate> stillDue(long site) {
        return rows.wish(site).filter(wish -> wish.dueAt().isPresent());
    }

    /** The clock cannot renew a certificate by what is stored of it, which it therefore does not read for this either. */
    public void broken(long site, Problem why) {
        entities.createQuery(
                        "update SiteCertificate w set w.dueAt = :then, w.failures = w.failures + 1,"
                                + " w.problemCode = :code, w.problemArgs = :args where w.siteId = :site and w.dueAt is not null")
                .setParameter("then", clock.instant().plus(BROKEN))
                .setParameter("code", why.code())
                .setParameter("args", Json.args(why))
                .setParameter("site", site)
                .executeUpdate();
    }

    /** Sites about whose certificate an authority is to be asked, never in more than a day; one list for each authority. */
    public List<List<Long>> questions() {
        return rows.directories().stream()
                .map(this::questions)
                .filter(sites -> !sites.isEmpty())
                .toList();
    }

    private List<Long> questions(AcmeDirectory directory) {
        var now = clock.instant();
        return entities.createQuery(
                        "select w.siteId" + OF_LIVING + "w.directoryId = :directory"
                                + " and (w.askAt < :now or w.askAt > :never) order by w.askAt",
                        Long.class)
                .setParameter("living", CertificateSearch.LIVING)
                .setParameter("directory", directory.id())
                .setParameter("now", now)
                .setParameter("never", now.plus(SiteCertificate.LONGEST_WAIT))
                .setMaxResults(ASKED_AT_ONCE)
                .getResultList();
    }

    /** What has to be known to ask; nothing when nothing is served. */
    public Optional<Question> question(long site) {
        var wish = rows.wish(site).orElseThrow();
        return rows.served(site).filter(served -> served.isFrom(wish)).flatMap(served -> {
            var access = rows.directory(served.directoryId()).access(box);
            return access.account()
                    .map(account ->
                            new Question(access, served.id(), served.issued().leaf()));
        });
    }

    /**
     * Whom to ask about what.
     *
     * @param id of the certificate
     * @param certificate what visitors get
     */
    record Question(AcmeAccess access, long id, X509Certificate certificate) {}

    /** There is nobody to ask. */
    public void unasked(long site) {
        rows.wish(site).orElseThrow().askedAgainAt(null);
    }

    /**
     * The authority has answered; without a window it is not asked about this certificate again. If visitors get another
     * one by now, that has questions of its own.
     */
    public void answered(long site, long certificate, Optional<RenewalWindow> window) {
        var wish = rows.wish(site).orElseThrow();
        rows.served(site)
                .filter(served -> served.id() == certificate)
                .ifPresent(served -> wish.told(served, window, clock.instant()));
    }

    /** Some of what sites have from authorities that have not said of late when they want it renewed, by sites, after one of them. */
    public List<Listable> listable(long after) {
        var now = clock.instant();
        return entities.createQuery(
                        "select w.siteId, c.id, c.chain" + OF_LIVING
                                + "(w.askAt is null or w.toldAt is null or w.toldAt not between :then and :now)"
                                + " and c.directoryId is not null and c.state = :served and w.siteId > :after"
                                + " order by w.siteId",
                        Object[].class)
                .setParameter("living", CertificateSearch.LIVING)
                .setParameter("then", now.minus(SILENT))
                .setParameter("now", now)
                .setParameter("served", CertificateState.SERVED)
                .setParameter("after", after)
                .setMaxResults(AT_A_TIME)
                .getResultStream()
                .map(row -> new Listable((Long) row[0], (Long) row[1], (String) row[2]))
                .toList();
    }

    /**
     * What visitors get.
     *
     * @param id of the certificate
     * @param chain in PEM
     */
    record Listable(long site, long id, String chain) {}

    /** The authority has declared void what visitors get, unless that is another one by now: the next one is ordered. */
    public void revoked(long site, long certificate) {
        rows.served(site).filter(served -> served.id() == certificate).ifPresent(served -> {
            served.revoked(clock.instant());
            rows.wish(site).orElseThrow().attemptedAgainAt(clock.instant());
        });
    }

    /** Forgets keys that were brought for jobs which nobody could go on with. */
    public void forgetKeys() {
        entities.createQuery("update Certificate c set c.sealedKey = null where c.keyed = true and c.siteId"
                        + " not in (select j.activeSiteId from Job j where j.activeSiteId is not null)")
                .executeUpdate();
    }

    /** The authority has not answered, or could not be asked by what is stored, which is not read for this either. */
    public void unanswered(long site) {
        entities.createQuery(
                        "update SiteCertificate w set w.askAt = :then where w.siteId = :site and w.askAt is not null")
                .setParameter("then", clock.instant().plus(ASKED_AGAIN_AFTER_FAILURE))
                .setParameter("site", site)
                .executeUpdate();
    }
}
