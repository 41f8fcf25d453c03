package org.berth.certificates;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.berth.audit.AuditTarget;
import org.berth.audit.Audited;
import org.berth.platform.Conflict;
import org.berth.platform.DuplicateKey;
import org.berth.platform.Problem;
import org.berth.security.Actor;
import org.berth.security.Permission;
import org.berth.security.SecretBox;

/**
 * Authorities that issue certificates, for administrators. Let's Encrypt is there from the start, and usable as soon as its
 * terms are agreed to. An authority is named by its id or its name; keys are never told.
 */
@Stateless
public class AcmeDirectories {

    private static final String DOMAIN = "authority";

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private CertificateRows rows;

    @Inject
    private SecretBox box;

    @Inject
    private Clock clock;

    /** All of them, the default first. */
    public List<DirectoryView> list(Actor actor) {
        actor.require(Permission.on(DOMAIN, "read"));
        return rows.directories().stream().map(AcmeDirectory::view).toList();
    }

    /** One of them. */
    public DirectoryView find(Actor actor, String idOrName) {
        actor.require(Permission.on(DOMAIN, "read"));
        return rows.directory(idOrName).view();
    }

    /**
     * What an authority says about itself, such as where its terms are; asks it, and so may take some seconds.
     *
     * @throws org.berth.platform.HostFailure when it does not answer
     */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public DirectoryFacts facts(Actor actor, String idOrName) {
        actor.require(Permission.on(DOMAIN, "read"));
        return AcmeClient.facts(rows.directory(idOrName).address());
    }

    /** Adds one; the account there is made when something is ordered first. */
    @Audited("authority:create")
    public DirectoryView create(Actor actor, DirectoryDraft draft) {
        actor.require(Permission.on(DOMAIN, "create"));
        var directory = new AcmeDirectory(draft, box, clock.instant());
        entities.persist(directory);
        return stored(directory, draft);
    }

    /**
     * Changes one. At another address Berth has another account. Whatever failed there is tried again: it may have been
     * what this mends.
     */
    @Audited("authority:update")
    public DirectoryView update(Actor actor, @AuditTarget String idOrName, DirectoryDraft draft) {
        actor.require(Permission.on(DOMAIN, "update"));
        var directory = rows.directory(idOrName);
        var now = clock.instant();
        if (directory.change(draft, box, now)) {
            rows.loseOrders(directory.id());
        }
        tryAgain(directory, now);
        return stored(directory, draft);
    }

    /**
     * Has Berth make another account there, with another key, such as because the authority or somebody else has closed the
     * one that there is. Sites keep their certificates, and what failed is tried again.
     */
    @Audited("authority:account")
    public DirectoryView renewAccount(Actor actor, @AuditTarget String idOrName) {
        actor.require(Permission.on(DOMAIN, "update"));
        var directory = rows.lockedDirectory(rows.directory(idOrName).id());
        directory.renewAccount(box);
        rows.loseOrders(directory.id());
        tryAgain(directory, clock.instant());
        return directory.view();
    }

    private void tryAgain(AcmeDirectory directory, Instant now) {
        entities.createQuery("update SiteCertificate w set w.dueAt = :now where w.directoryId = :id and w.failures > 0")
                .setParameter("now", now)
                .setParameter("id", directory.id())
                .executeUpdate();
    }

    /**
     * Makes one the authority of sites that choose none, also of those that wait for their first certificate: what failed at
     * the one of before is tried there at once. Others keep theirs.
     */
    @Audited("authority:update")
    public DirectoryView makeDefault(Actor actor, @AuditTarget String idOrName) {
        actor.require(Permission.on(DOMAIN, "update"));
        var directory = rows.directory(idOrName);
        entities.createQuery("update AcmeDirectory d set d.usual = false where d.usual = true and d.id <> :id")
                .setParameter("id", directory.id())
                .executeUpdate();
        directory.becomesUsual();
        entities.createQuery("update SiteCertificate w set w.directoryId = :id,"
                        + " w.dueAt = case when w.failures > 0 then :now else w.dueAt end where w.automatic = true")
                .setParameter("id", directory.id())
                .setParameter("now", clock.instant())
                .executeUpdate();
        return directory.view();
    }

    /** Forgets one that no certificate came from and no site wants one from. */
    @Audited("authority:delete")
    public DirectoryView delete(Actor actor, @AuditTarget String idOrName) {
        actor.require(Permission.on(DOMAIN, "delete"));
        var directory = rows.directory(idOrName);
        if (directory.isUsual()) {
            throw new Conflict(Problem.of("authority-is-default", directory.name()));
        }
        if (rows.isUsed(directory.id())) {
            throw new Conflict(Problem.of("authority-in-use", directory.name()));
        }
        entities.remove(directory);
        return directory.view();
    }

    private DirectoryView stored(AcmeDirectory directory, DirectoryDraft draft) {
        try {
            entities.flush();
            return directory.view();
        } catch (PersistenceException refused) {
            if (DuplicateKey.isBehind(refused)) {
                throw new Conflict(Problem.of("authority-exists", draft.name()).at("name"));
            }
            throw refused;
        }
    }
}
