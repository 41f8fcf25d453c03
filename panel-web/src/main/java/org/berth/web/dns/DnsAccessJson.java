package org.berth.web.dns;

import java.util.List;
import java.util.Optional;
import org.berth.dns.DnsAccessView;

/**
 * A way to write records, as the API shows it.
 *
 * @param provenLive whether the real thing was asked, by tests or by hand
 * @param sites canonical names of the sites that use it
 */
public record DnsAccessJson(
        long id,
        String name,
        String kind,
        boolean provenLive,
        List<String> zones,
        Optional<String> server,
        Optional<String> account,
        Optional<String> algorithm,
        boolean offered,
        List<String> sites) {

    static DnsAccessJson of(DnsAccessView view) {
        return new DnsAccessJson(
                view.id(),
                view.name(),
                view.kind().text(),
                view.kind().isProvenLive(),
                view.zones(),
                view.server(),
                view.account(),
                view.algorithm(),
                view.offered(),
                view.sites());
    }
}
