package org.berth.audit;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;

/** Writes entries, with the caller's fate or apart from it. */
@Stateless
public class AuditWriter {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Clock clock;

    @Inject
    private AuditTrail trail;

    /** Written if and only if what it tells of is; right after it where the caller has no transaction. */
    public void join(NewEntry entry) {
        write(entry);
    }

    /** Written whatever becomes of the caller's transaction. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void apart(NewEntry entry) {
        write(entry);
    }

    private void write(NewEntry entry) {
        entities.persist(new AuditEntry(entry, clock.instant()));
        try {
            trail.entryWritten();
        } catch (ContextNotActiveException outsideOfARequest) {
            return;
        }
    }
}
