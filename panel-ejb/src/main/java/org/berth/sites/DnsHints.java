package org.berth.sites;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Stream;
import org.berth.services.HostFacts;
import org.berth.services.HostView;

/** Which records to set for a site, and where its names lead as far as that is known already. */
@Dependent
class DnsHints {

    private final HostFacts host;
    private final DnsLookup lookup;

    @Inject
    DnsHints(HostFacts host, DnsLookup lookup) {
        this.host = host;
        this.lookup = lookup;
    }

    List<DnsHint> of(SiteNames names) {
        var facts = host.latest();
        var wanted = facts.map(DnsHints::records).orElse(List.of());
        return names.taken().keySet().stream()
                .map(name -> hint(name.ascii(), wanted))
                .toList();
    }

    private DnsHint hint(String name, List<DnsHint.Record> wanted) {
        return lookup.found(name)
                .map(found -> new DnsHint(name, wanted, status(found, wanted), found))
                .orElseGet(() -> new DnsHint(name, wanted, DnsHint.Status.UNKNOWN, List.of()));
    }

    static DnsHint.Status status(List<String> found, List<DnsHint.Record> wanted) {
        if (found.isEmpty()) {
            return DnsHint.Status.MISSING;
        }
        var here = wanted.stream().map(DnsHint.Record::value).toList();
        return here.containsAll(found) ? DnsHint.Status.HERE : DnsHint.Status.ELSEWHERE;
    }

    private static List<DnsHint.Record> records(HostView host) {
        return Stream.concat(
                        host.ipv4().stream().map(address -> new DnsHint.Record("A", address)),
                        host.ipv6().stream().map(address -> new DnsHint.Record("AAAA", address)))
                .toList();
    }
}
