package org.berth.dns;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.berth.host.Host;
import org.berth.host.VerbCall;
import org.berth.jobs.SiteFence;
import org.berth.security.Actor;
import org.berth.security.SecretBox;

/** What is written down of records: before they are written, and until they are known to be removed. */
@Stateless
public class DnsLedger {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private DnsAccessRows rows;

    @Inject
    private SecretBox box;

    @Inject
    private Host host;

    @Inject
    private SiteFence fence;

    @Inject
    private Clock clock;

    /**
     * An access as the rows have it now.
     *
     * @param name for people
     * @param offered whether owners may use it
     */
    public record Use(long id, String name, DnsKind kind, boolean offered, Zones zones, DnsProvider provider) {}

    /**
     * What a record is written, and removed, by.
     *
     * @param name as the rows have it, like the value
     */
    public record Left(long id, long access, String name, String value) {

        /**
         * The record.
         *
         * @throws IllegalArgumentException when somebody has changed the rows, so that it is none
         */
        TxtRecord record() {
            return new TxtRecord(name, value);
        }
    }

    /** An access, for this holder. */
    public Use access(long id, RecordHolder holder) {
        return use(rows.find(id), holder);
    }

    public Use access(String idOrName, RecordHolder holder) {
        return use(rows.find(idOrName), holder);
    }

    /**
     * Somebody who has records written or removed beside jobs. What is done so outranks nobody.
     *
     * @param name by which the rows know whose a record is
     * @param doing what the host's audit log says in the place of a step
     */
    public RecordHolder besideJobs(String name, String doing, Actor actor) {
        return new RecordHolder(name, 0, new VerbCall.Context(fence.newest(0), doing, actor.name()));
    }

    /** These are going to be written; those that are there already are not written down twice. */
    public void presenting(String holder, long access, List<TxtRecord> records) {
        var there = records(holder).stream().map(Left::record).toList();
        records.stream()
                .filter(record -> !there.contains(record))
                .forEach(record -> entities.persist(new PresentedRecord(access, holder, record, clock.instant())));
    }

    /** Whether anybody else has records by an access, or is going to; a holder uses one access only. */
    public boolean isUsedByOthers(String holder, long access) {
        return rows.count(access) > rows.records(holder).size();
    }

    public List<Left> records(String holder) {
        return rows.records(holder).stream().map(DnsLedger::left).toList();
    }

    /** Those that should have been removed long ago. */
    public List<Left> olderThan(Duration age) {
        return rows.recordsBefore(clock.instant().minus(age)).stream()
                .map(DnsLedger::left)
                .toList();
    }

    public void removed(long id) {
        entities.createQuery("delete from PresentedRecord r where r.id = :id")
                .setParameter("id", id)
                .executeUpdate();
    }

    private static Left left(PresentedRecord record) {
        return new Left(record.id(), record.accessId(), record.name(), record.value());
    }

    private Use use(DnsAccess access, RecordHolder holder) {
        return new Use(
                access.id(),
                access.name(),
                access.kind(),
                access.isOffered(),
                access.zones(),
                access.provider(box, host, holder));
    }
}
