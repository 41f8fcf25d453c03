package org.berth.mail;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.berth.audit.AuditTarget;
import org.berth.audit.Audited;
import org.berth.platform.Conflict;
import org.berth.platform.HostIdentity;
import org.berth.platform.Listing;
import org.berth.platform.Page;
import org.berth.platform.PageRequest;
import org.berth.platform.Problem;
import org.berth.security.Actor;
import org.berth.security.Permission;
import org.berth.security.SecretBox;

/** Where Berth's mail goes and how it fares, for administrators. The password of the server is never told. */
@Stateless
public class Mailing {

    private static final String DOMAIN = "mail";

    private static final Listing<Mail> QUEUE = Listing.downBy(Mail.class, "id")
            .sortable("created", "createdAt")
            .sortable("recipient", "recipient")
            .sortable("next", "nextAt")
            .searched("recipient", "subject")
            .filtered("state", "state", MailState::valueOf);

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private MailRows rows;

    @Inject
    private Letters letters;

    @Inject
    private HostIdentity host;

    @Inject
    private SecretBox box;

    @Inject
    private Clock clock;

    /** The server, if one was named. */
    public Optional<MailServerView> find(Actor actor) {
        actor.require(Permission.on(DOMAIN, "read"));
        return rows.server().map(MailServer::view);
    }

    /** Names the server. What waits is tried at once. */
    @Audited("mail:update")
    public MailServerView update(Actor actor, MailServerDraft draft) {
        actor.require(Permission.on(DOMAIN, "update"));
        var stored = rows.server();
        stored.ifPresent(server -> server.change(draft, box));
        var server = stored.orElseGet(() -> {
            var made = new MailServer(draft, box);
            entities.persist(made);
            return made;
        });
        entities.createQuery("update Mail m set m.nextAt = :now where m.state = :waiting")
                .setParameter("now", clock.instant())
                .setParameter("waiting", MailState.WAITING)
                .executeUpdate();
        return server.view();
    }

    /** Forgets the server and what waits for it: nothing is mailed any more. */
    @Audited("mail:delete")
    public void delete(Actor actor) {
        actor.require(Permission.on(DOMAIN, "delete"));
        rows.server().ifPresent(entities::remove);
        entities.createQuery("delete from Mail m where m.state = :waiting")
                .setParameter("waiting", MailState.WAITING)
                .executeUpdate();
    }

    /**
     * Sends a mail to each recipient of alarms now, past the queue; takes some seconds.
     *
     * @return what the server answered to each
     * @throws org.berth.platform.HostFailure with what it said when it took one of them not
     */
    @Audited("mail:test")
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public List<MailAnswer> test(Actor actor) {
        actor.require(Permission.on(DOMAIN, "test"));
        var server = rows.neededServer();
        var answers = new ArrayList<MailAnswer>();
        try (var connection = SmtpConnection.open(server.access(box), host.name())) {
            for (var letter : letters.test(server)) {
                var number = "berth-test-" + clock.instant().toEpochMilli() + "-" + answers.size();
                answers.add(new MailAnswer(letter.recipient(), connection.send(letter, number, clock.instant())));
            }
        }
        return answers;
    }

    /** Mails that wait, were sent or failed, the newest first. Sortable by created, recipient, next; filter: state. */
    public Page<MailView> queue(Actor actor, PageRequest request) {
        actor.require(Permission.on(DOMAIN, "read"));
        var page = QUEUE.page(entities, request, (query, builder, mail) -> builder.conjunction());
        return new Page<>(page.rows().stream().map(Mail::view).toList(), page.total());
    }

    /** Sends one that failed, or one that waits, as soon as possible. */
    @Audited("mail:retry")
    public MailView retry(Actor actor, @AuditTarget long id) {
        actor.require(Permission.on(DOMAIN, "update"));
        var mail = rows.mail(id);
        if (mail.state() == MailState.SENT) {
            throw new Conflict(Problem.of("mail-sent", id));
        }
        mail.again(clock.instant());
        return mail.view();
    }
}
