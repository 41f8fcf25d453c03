package org.berth.sites;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DnsHintsTest {

    private static final List<DnsHint.Record> WANTED =
            List.of(new DnsHint.Record("A", "192.0.2.1"), new DnsHint.Record("AAAA", "2001:db8::1"));

    @Test
    void nameLeadsHereWhenEveryAddressIsOurs() {
        assertThat(DnsHints.status(List.of("192.0.2.1"), WANTED)).isEqualTo(DnsHint.Status.HERE);
    }

    @Test
    void oneForeignAddressIsEnoughToLoseVisitors() {
        assertThat(DnsHints.status(List.of("192.0.2.1", "198.51.100.1"), WANTED))
                .isEqualTo(DnsHint.Status.ELSEWHERE);
    }

    @Test
    void nameWithoutAddressIsMissing() {
        assertThat(DnsHints.status(List.of(), WANTED)).isEqualTo(DnsHint.Status.MISSING);
    }
}
