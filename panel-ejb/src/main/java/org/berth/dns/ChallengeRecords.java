package org.berth.dns;

import com.google.common.util.concurrent.Striped;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.berth.host.VerbFailure;
import org.berth.platform.Conflict;
import org.berth.platform.HostFailure;
import org.berth.platform.Problem;

/**
 * The records that prove whose a name is: written, looked after, removed. Each belongs to a holder, such as one job, and is
 * written down before it is written; so whatever crashes, every one is removed in the end, and none of another holder.
 * Called outside transactions, since name servers take their time.
 */
@ApplicationScoped
public class ChallengeRecords {

    private static final Logger LOG = Logger.getLogger(ChallengeRecords.class.getName());

    /** Secondary servers are told at once, or ask every few minutes; those of large providers take two. */
    private static final Duration EVERYWHERE_WITHIN = Duration.ofMinutes(5);

    /** A little more than a second, as it is on the clock of a server that keeps few values. */
    private static final Duration KNOWN_BY = Duration.ofMillis(1100);

    /** What says nothing of the program that was to be called: whoever runs the job knows what to do. */
    private static final Set<VerbFailure.Kind> OF_THE_CALL =
            EnumSet.of(VerbFailure.Kind.BUSY, VerbFailure.Kind.OUTRANKED, VerbFailure.Kind.UNREACHABLE);

    /** So many that none is met by two names: a server that is slow about one keeps no other waiting. */
    private static final int LOCKS = 1 << 20;

    private final DnsLedger ledger;
    private final NameServers servers;

    /** Some servers are told all values of a name at once, so one at a time changes them. */
    private final Striped<Lock> locks = Striped.lazyWeakLock(LOCKS);

    /** For the container's proxy. */
    ChallengeRecords() {
        this(null, null);
    }

    @Inject
    ChallengeRecords(DnsLedger ledger, NameServers servers) {
        this.ledger = ledger;
        this.servers = servers;
    }

    /**
     * Looks, before anybody is asked, whether an access can prove these names.
     *
     * @param holder who is going to have them written
     * @param names of a certificate; a star stands for every name below
     * @throws Conflict naming those that it cannot prove
     */
    public void require(RecordHolder holder, long access, Collection<String> names) {
        var use = ledger.access(access, holder);
        var wrong = new ArrayList<String>();
        for (var challenge :
                names.stream().map(TxtRecord::challengeOf).distinct().sorted().toList()) {
            var target = servers.target(challenge);
            if (use.zones().find(target).isEmpty() || !isForProofs(use, target)) {
                wrong.add(challenge.equals(target) ? challenge : challenge + " → " + target);
            } else {
                servers.responsible(target);
            }
        }
        if (!wrong.isEmpty()) {
            throw new Conflict(Problem.of(
                    "dns-names-outside",
                    use.name(),
                    String.join("; ", wrong),
                    String.join(", ", use.zones().names())));
        }
    }

    /**
     * Writes records. What a server or a program says that does not take one is for administrators, who find it in the
     * journal: it may show what it is asked with.
     *
     * @param holder who has them removed
     * @param records at names that authorities ask for; written where these lead by CNAME
     * @throws DnsBusy when others need the access all the while
     * @throws VerbFailure when the host was not free, had seen a newer run of the job, or did not answer
     */
    public void present(RecordHolder holder, long access, Collection<TxtRecord> records) {
        var use = ledger.access(access, holder);
        try {
            write(holder, use, records, EVERYWHERE_WITHIN);
        } catch (DnsBusy busy) {
            throw busy;
        } catch (HostFailure failed) {
            if (failed instanceof VerbFailure verb && OF_THE_CALL.contains(verb.kind())) {
                throw verb;
            }
            var reference = UUID.randomUUID().toString().substring(0, 8);
            LOG.log(
                    Level.WARNING,
                    "reference " + reference + ": " + failed.problem().args(),
                    failed);
            throw new DnsFailure(Problem.of("dns-not-written", use.name(), reference));
        }
    }

    /**
     * The same, and whoever calls is told everything.
     *
     * @param turnWithin how long it may wait for other holders
     */
    void write(RecordHolder holder, DnsLedger.Use use, Collection<TxtRecord> records, Duration turnWithin) {
        var wanted = records.stream()
                .map(record -> new TxtRecord(servers.target(record.name()), record.value()))
                .distinct()
                .toList();
        wanted.stream()
                .collect(Collectors.groupingBy(TxtRecord::name, Collectors.counting()))
                .forEach((name, count) -> {
                    if (count > use.kind().mostValues()) {
                        throw new Conflict(
                                Problem.of("dns-too-many", name, use.kind().mostValues(), count));
                    }
                });
        // Checked before anything is written, since who has a name may have let it lead elsewhere by now.
        for (var record : wanted) {
            use.zones().of(record.name());
            if (!isForProofs(use, record.name())) {
                throw new Conflict(Problem.of(
                        "dns-names-outside",
                        use.name(),
                        record.name(),
                        String.join(", ", use.zones().names())));
            }
        }
        awaitTurn(holder, use, wanted, turnWithin);
        if (use.kind().keepsFewValues() && wanted.stream().allMatch(this::isThere)) {
            // As after a crash: told again within a second, acme-dns has one of two values twice, and the other no
            // more.
            return;
        }
        if (use.kind().keepsFewValues()) {
            awaitNextSecond();
        }
        wanted.forEach(record -> alone(use, record, provider -> provider.present(record)));
    }

    /** Writes them down, but where a server keeps few values not before everybody else's are removed: it would forget them. */
    private void awaitTurn(RecordHolder holder, DnsLedger.Use use, List<TxtRecord> wanted, Duration limit) {
        var patience = new Patience(limit);
        while (!isWrittenDown(holder, use, wanted)) {
            if (!patience.rest()) {
                throw new DnsBusy(Problem.of("dns-busy", use.name(), use.kind().mostValues(), limit.toSeconds()));
            }
        }
    }

    private boolean isWrittenDown(RecordHolder holder, DnsLedger.Use use, List<TxtRecord> wanted) {
        var lock = locks.get(String.valueOf(use.id()));
        lock.lock();
        try {
            if (use.kind().keepsFewValues() && ledger.isUsedByOthers(holder.name(), use.id())) {
                return false;
            }
            ledger.presenting(holder.name(), use.id(), wanted);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** acme-dns knows by seconds what is oldest: of what another job had written in this one it may keep a value, and forget ours. */
    private static void awaitNextSecond() {
        try {
            Thread.sleep(KNOWN_BY.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isThere(TxtRecord record) {
        return servers.missing(record).isEmpty();
    }

    /**
     * Waits until every responsible server has the holder's records.
     *
     * @throws DnsFailure naming the servers that do not have them in time
     */
    public void awaitEverywhere(RecordHolder holder) {
        awaitEverywhere(holder, EVERYWHERE_WITHIN);
    }

    void awaitEverywhere(RecordHolder holder, Duration limit) {
        var patience = new Patience(limit);
        for (var record : ledger.records(holder.name()).stream()
                .map(DnsLedger.Left::record)
                .toList()) {
            var missing = servers.missing(record);
            while (!missing.isEmpty()) {
                if (!patience.rest()) {
                    throw new DnsFailure(Problem.of(
                            "dns-not-everywhere", record.name(), String.join("; ", missing), limit.toSeconds()));
                }
                missing = servers.missing(record);
            }
        }
    }

    /**
     * Removes the holder's records. What cannot be removed now is removed by the clock.
     *
     * @return what could not be removed, and why
     */
    public List<String> remove(RecordHolder holder) {
        return remove(ledger.records(holder.name()), holder);
    }

    /** Removes what nobody removed, whoever had it written. */
    void removeOlderThan(Duration age, RecordHolder remover) {
        remove(ledger.olderThan(age), remover);
    }

    private List<String> remove(List<DnsLedger.Left> records, RecordHolder remover) {
        var left = new ArrayList<String>();
        for (var record : records) {
            try {
                alone(
                        ledger.access(record.access(), remover),
                        record.record(),
                        provider -> provider.remove(record.record()));
                ledger.removed(record.id());
            } catch (RuntimeException failed) {
                // Also what is a bug, an answer that nobody expected, or none of ours: the others are removed all the
                // same.
                LOG.log(Level.WARNING, "the record at " + record.name() + " is removed later", failed);
                left.add(record.name());
            }
        }
        return left;
    }

    /**
     * An owner chooses where the owner's names lead: by an access for all owners no record is written but where proofs are.
     * A name below a star would not be answered any more once it had a record of its own.
     */
    private static boolean isForProofs(DnsLedger.Use use, String target) {
        return !use.offered() || target.startsWith(TxtRecord.CHALLENGE) || use.kind() == DnsKind.ACME_DNS;
    }

    private void alone(DnsLedger.Use use, TxtRecord record, Consumer<DnsProvider> change) {
        var lock = locks.get(use.id() + " " + record.name());
        lock.lock();
        try {
            change.accept(use.provider());
        } finally {
            lock.unlock();
        }
    }
}
