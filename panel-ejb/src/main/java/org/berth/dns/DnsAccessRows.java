package org.berth.dns;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import org.berth.platform.NotFound;
import org.berth.platform.Problem;

/** Finds what is stored of ways to write records, and of records that were written. */
@Dependent
class DnsAccessRows {

    @PersistenceContext
    private EntityManager entities;

    List<DnsAccess> all() {
        return entities.createQuery("select a from DnsAccess a order by a.name", DnsAccess.class)
                .getResultList();
    }

    /** One by id or name. */
    DnsAccess find(String idOrName) {
        return all().stream()
                .filter(some -> some.name().equals(idOrName)
                        || String.valueOf(some.id()).equals(idOrName))
                .findFirst()
                .orElseThrow(() -> unknown(idOrName));
    }

    DnsAccess find(long id) {
        var found = entities.find(DnsAccess.class, id);
        if (found == null) {
            throw unknown(String.valueOf(id));
        }
        return found;
    }

    static NotFound unknown(String idOrName) {
        return new NotFound(Problem.of("dns-access-unknown", idOrName));
    }

    List<PresentedRecord> records(String holder) {
        return entities.createQuery(
                        "select r from PresentedRecord r where r.holder = :holder order by r.id", PresentedRecord.class)
                .setParameter("holder", holder)
                .getResultList();
    }

    List<PresentedRecord> recordsBefore(Instant then) {
        return entities.createQuery(
                        "select r from PresentedRecord r where r.presentedAt < :then order by r.id",
                        PresentedRecord.class)
                .setParameter("then", then)
                .getResultList();
    }

    /** How many records were written by an access and not removed yet. */
    long count(long access) {
        return entities.createQuery("select count(r) from PresentedRecord r where r.accessId = :access", Long.class)
                .setParameter("access", access)
                .getSingleResult();
    }
}
