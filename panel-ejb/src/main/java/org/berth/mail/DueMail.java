package org.berth.mail;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.berth.security.SecretBox;

/** What the clock sends; each method is a transaction of its own, since the network is asked between them. */
@Stateless
public class DueMail {

    /** One sweep sends no more. */
    private static final int AT_ONCE = 100;

    private static final Duration KEPT = Duration.ofDays(30);

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private MailRows rows;

    @Inject
    private SecretBox box;

    @Inject
    private Clock clock;

    /** How the server is reached, if one was named. */
    public Optional<MailAccess> access() {
        return rows.server().map(server -> server.access(box));
    }

    /** Mails that are to be sent now, the oldest first, by the same rule as {@link Mail#isDue}. */
    public List<Long> due() {
        var now = clock.instant();
        return entities.createQuery(
                        "select m.id from Mail m where m.state = :waiting and (m.nextAt <= :now or m.nextAt > :never)"
                                + " order by m.id",
                        Long.class)
                .setParameter("waiting", MailState.WAITING)
                .setParameter("now", now)
                .setParameter("never", now.plus(Retries.LONGEST))
                .setMaxResults(AT_ONCE)
                .getResultList();
    }

    /** Before it is sent; nothing when somebody else has begun to, or it was taken away meanwhile. */
    public Optional<Attempt> attempt(long id) {
        return Optional.ofNullable(entities.find(Mail.class, id))
                .filter(mail -> mail.isDue(clock.instant()))
                .map(mail -> {
                    mail.attempted(clock.instant());
                    return new Attempt(mail.letter(), mail.number());
                });
    }

    /**
     * A mail that is about to be sent.
     *
     * @param number the same at each attempt
     */
    record Attempt(Letter letter, String number) {}

    /** The server has taken it. */
    public void sent(long id) {
        rows.mail(id).sent(clock.instant());
    }

    /** The server has not taken it. */
    public void refused(long id, MailFailure failure) {
        rows.mail(id).refused(failure, clock.instant());
    }

    /** Forgets what has long ended, and all that is more than the queue may ever hold. */
    public void tidy() {
        entities.createQuery("delete from Mail m where m.endedAt < :then")
                .setParameter("then", clock.instant().minus(KEPT))
                .executeUpdate();
        var newest = entities.createQuery(
                        "select m.id from Mail m where m.state <> :waiting order by m.id desc", Long.class)
                .setParameter("waiting", MailState.WAITING)
                .setFirstResult(MailRows.MOST_WAITING)
                .setMaxResults(1)
                .getResultList();
        newest.forEach(
                oldest -> entities.createQuery("delete from Mail m where m.state <> :waiting and m.id <= :oldest")
                        .setParameter("waiting", MailState.WAITING)
                        .setParameter("oldest", oldest)
                        .executeUpdate());
    }
}
