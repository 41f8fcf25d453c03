package org.berth.dns;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Rows in memory, with one access. */
final class MemoryLedger extends DnsLedger {

    private final Use use;
    private final List<Held> held = new ArrayList<>();
    private long last;

    private record Held(String holder, Left left) {}

    MemoryLedger(Function<Zones, DnsProvider> provider, String... zones) {
        this(DnsKind.RFC2136, provider, zones);
    }

    MemoryLedger(DnsKind kind, Function<Zones, DnsProvider> provider, String... zones) {
        this(kind, false, provider, zones);
    }

    MemoryLedger(DnsKind kind, boolean offered, Function<Zones, DnsProvider> provider, String... zones) {
        var all = new Zones(List.of(zones));
        use = new Use(1, "test", kind, offered, all, provider.apply(all));
    }

    @Override
    public Use access(long id, RecordHolder holder) {
        return use;
    }

    @Override
    public synchronized void presenting(String holder, long access, List<TxtRecord> records) {
        var there = records(holder).stream().map(Left::record).toList();
        records.stream()
                .filter(record -> !there.contains(record))
                .forEach(record -> held.add(new Held(holder, new Left(++last, access, record.name(), record.value()))));
    }

    @Override
    public synchronized boolean isUsedByOthers(String holder, long access) {
        return held.stream().anyMatch(one -> !one.holder().equals(holder));
    }

    @Override
    public synchronized List<Left> records(String holder) {
        return held.stream()
                .filter(one -> one.holder().equals(holder))
                .map(Held::left)
                .toList();
    }

    @Override
    public synchronized List<Left> olderThan(Duration age) {
        return held.stream().map(Held::left).toList();
    }

    @Override
    public synchronized void removed(long id) {
        held.removeIf(one -> one.left().id() == id);
    }
}
