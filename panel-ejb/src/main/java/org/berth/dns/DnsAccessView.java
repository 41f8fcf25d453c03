package org.berth.dns;

import java.util.List;
import java.util.Optional;

/**
 * A way to write records, as administrators see it; the secret is never told.
 *
 * @param name for people
 * @param zones of the server that it is for; with acme-dns the one name that a CNAME has to lead to
 * @param server where it is reached, where that can be chosen
 * @param account name of the TSIG key, of PowerDNS's server or of the program
 * @param algorithm of the TSIG key
 * @param offered whether owners may use it for their sites, not only administrators
 * @param sites canonical names of the sites that use it
 */
public record DnsAccessView(
        long id,
        String name,
        DnsKind kind,
        List<String> zones,
        Optional<String> server,
        Optional<String> account,
        Optional<String> algorithm,
        boolean offered,
        List<String> sites) {

    public DnsAccessView {
        zones = List.copyOf(zones);
        sites = List.copyOf(sites);
    }
}
