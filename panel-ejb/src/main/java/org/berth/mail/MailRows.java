package org.berth.mail;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.berth.platform.NotFound;
import org.berth.platform.Problem;

/** Finds the mail server and mails, and puts mails into the queue. */
@Dependent
class MailRows {

    /** More mails never wait: a server that is down for days must not fill the database. */
    static final int MOST_WAITING = 1000;

    private static final Logger LOG = Logger.getLogger(MailRows.class.getName());

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Clock clock;

    Optional<MailServer> server() {
        return Optional.ofNullable(entities.find(MailServer.class, MailServer.ID));
    }

    MailServer neededServer() {
        return server().orElseThrow(() -> new NotFound(Problem.of("mail-none")));
    }

    Mail mail(long id) {
        return Optional.ofNullable(entities.find(Mail.class, id))
                .orElseThrow(() -> new NotFound(Problem.of("mail-unknown", id)));
    }

    /** Sends these as soon as the transaction has ended and the server takes them. */
    void enqueue(List<Letter> letters) {
        var room = MOST_WAITING - waiting();
        letters.stream()
                .skip(Math.max(room, 0))
                .forEach(
                        lost -> LOG.log(Level.WARNING, "{0} mails wait already, so {1} is not told: {2}", new Object[] {
                            MOST_WAITING, lost.recipient(), lost.subject()
                        }));
        letters.stream()
                .limit(Math.max(room, 0))
                .forEach(letter -> entities.persist(new Mail(letter, clock.instant())));
    }

    private long waiting() {
        return entities.createQuery("select count(m) from Mail m where m.state = :waiting", Long.class)
                .setParameter("waiting", MailState.WAITING)
                .getSingleResult();
    }
}
