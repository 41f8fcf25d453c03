package org.berth.platform;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.Optional;

/** Remembers what the clock said last, also while the panel does not run. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class ClockLedger {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Event<ClockJump> jumps;

    public Optional<Instant> seen() {
        return Optional.ofNullable(entities.find(SeenClock.class, SeenClock.ONLY))
                .map(SeenClock::seenAt);
    }

    public void see(Instant now) {
        entities.merge(new SeenClock(now));
    }

    /** Tells everybody in the transaction that writes it down, so that nobody moves a time twice or not at all. */
    public void see(ClockJump jump) {
        see(jump.noticedAt());
        jumps.fire(jump);
    }
}
