package org.berth.dns;

import java.util.List;

/**
 * What came of trying an access.
 *
 * @param records names at which a record was written, seen at all their servers, and removed again
 * @param servers that were asked
 */
public record DnsTest(List<String> records, List<String> servers) {

    public DnsTest {
        records = List.copyOf(records);
        servers = List.copyOf(servers);
    }
}
