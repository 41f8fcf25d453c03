package org.berth.certificates;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.berth.security.SecretBox;

/** What the clock finds due; for sweeps, which have no transaction. */
@Stateless
public class DueCertificates {

    /** One sweep begins no more, so that a host that was off for long is not drowned. */
    static final int AT_ONCE = 20;

    private static final Duration ASKED_AGAIN_AFTER_FAILURE = Duration.ofHours(6);

    private static final String OF_LIVING = "select w from SiteCertificate w left join Site s on s.id = w.siteId"
            + " where (w.siteId = " + Holder.PANEL + " or s.state in :living) and ";

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private CertificateRows rows;

    @Inject
    private SecretBox box;

    @Inject
    private Clock clock;

    /** Sites whose certificate is to be ordered now, at authorities whose limits leave room. */
    public List<Long> renewals() {
        var now = clock.instant();
        var full = rows.directories().stream()
                .map(AcmeDirectory::id)
                .filter(id -> OrderBudget.ORDERS_BY_CLOCK
                        .freeAt(rows.ordersOfAccount(id, OrderBudget.ORDERS_BY_CLOCK.since(now)), now)
                        .isPresent())
                .toList();
        var query = entities.createQuery(
                        OF_LIVING + "w.dueAt < :now" + (full.isEmpty() ? "" : " and w.directoryId not in :full")
                                + " order by w.dueAt",
                        SiteCertificate.class)
                .setParameter("living", CertificateSearch.LIVING)
                .setParameter("now", now)
                .setMaxResults(AT_ONCE);
        if (!full.isEmpty()) {
            query.setParameter("full", full);
        }
        return query.getResultStream().map(SiteCertificate::siteId).toList();
    }

    /** Sites about whose certificate the authority is to be asked. */
    public List<Long> questions() {
        return entities.createQuery(OF_LIVING + "w.askAt < :now order by w.askAt", SiteCertificate.class)
                .setParameter("living", CertificateSearch.LIVING)
                .setParameter("now", clock.instant())
                .setMaxResults(AT_ONCE)
                .getResultStream()
                .map(SiteCertificate::siteId)
                .toList();
    }

    /** What has to be known to ask; nothing when nothing is served. */
    public Optional<Question> question(long site) {
        var wish = rows.wish(site).orElseThrow();
        return rows.served(site).filter(served -> served.isFrom(wish)).flatMap(served -> {
            var access = rows.directory(served.directoryId()).access(box);
            return access.account()
                    .map(account -> new Question(access, served.issued().leaf()));
        });
    }

    /**
     * Whom to ask about what.
     *
     * @param certificate what visitors get
     */
    record Question(AcmeAccess access, X509Certificate certificate) {}

    /** The authority has answered; without a window it is not asked about this certificate again. */
    public void answered(long site, Optional<RenewalWindow> window) {
        var wish = rows.wish(site).orElseThrow();
        rows.served(site)
                .filter(served -> !served.isUploaded())
                .ifPresentOrElse(served -> wish.told(served, window), () -> wish.askedAgainAt(null));
    }

    /** Forgets keys that were brought for jobs which nobody could go on with. */
    public void forgetKeys() {
        entities.createQuery("update Certificate c set c.sealedKey = null where c.sealedKey is not null and c.siteId"
                        + " not in (select j.activeSiteId from Job j where j.activeSiteId is not null)")
                .executeUpdate();
    }

    /** The authority has not answered. */
    public void unanswered(long site) {
        rows.wish(site).orElseThrow().askedAgainAt(clock.instant().plus(ASKED_AGAIN_AFTER_FAILURE));
    }
}
