package org.berth.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.berth.platform.Conflict;
import org.junit.jupiter.api.Test;

/** How a server is used that keeps two values, as acme-dns does. */
class ChallengeRecordsTest {

    private static final String NAME = "d420c923-bbd7-4056-ab64-c3ca54c9b3cf.auth.example.org";
    private static final TxtRecord ONE = new TxtRecord(NAME, "a".repeat(43));
    private static final TxtRecord OTHER = new TxtRecord(NAME, "b".repeat(43));

    private final List<TxtRecord> kept = new ArrayList<>();
    private int written;
    private final MemoryLedger ledger = new MemoryLedger(DnsKind.ACME_DNS, zones -> new TwoValues(), NAME);
    private final ChallengeRecords records = new ChallengeRecords(ledger, new TheirServer());

    @Test
    void holderWaitsUntilOthersNeedTheirValuesNoMore() {
        write(Holders.job(1), ONE);
        assertThatThrownBy(() -> write(Holders.job(2), OTHER)).isInstanceOfSatisfying(DnsBusy.class, busy -> {
            assertThat(busy.problem().code()).isEqualTo("dns-busy");
            assertThat(busy.problem().args()).containsExactly("test", "2", "0");
        });
        assertThat(kept).containsExactly(ONE);
        assertThat(ledger.records("job 2")).isEmpty();
        assertThat(records.remove(Holders.job(1))).isEmpty();
        write(Holders.job(2), OTHER);
        assertThat(kept).containsExactly(ONE, OTHER);
    }

    @Test
    void valuesThatAreThereAreNotWrittenAgain() {
        write(Holders.job(1), ONE, OTHER);
        write(Holders.job(1), ONE, OTHER);
        assertThat(written).isEqualTo(2);
        kept.remove(ONE);
        write(Holders.job(1), ONE, OTHER);
        assertThat(written).isEqualTo(4);
        assertThat(kept).containsExactly(ONE, OTHER);
    }

    @Test
    void moreValuesThanItKeepsAreRefused() {
        var many = IntStream.range(0, 3)
                .mapToObj(i -> new TxtRecord(NAME, String.valueOf(i).repeat(43)))
                .toArray(TxtRecord[]::new);
        assertThatThrownBy(() -> write(Holders.job(1), many)).isInstanceOf(Conflict.class);
        assertThat(kept).isEmpty();
    }

    @Test
    void oneThatKeepsAllValuesIsWaitedForByNobody() {
        var all = new ChallengeRecords(new MemoryLedger(zones -> new TwoValues(), NAME), new TheirServer());
        all.present(Holders.job(1), 1, List.of(ONE));
        assertThatCode(() -> all.present(Holders.job(2), 1, List.of(OTHER))).doesNotThrowAnyException();
    }

    private void write(RecordHolder holder, TxtRecord... wanted) {
        records.write(holder, ledger.access(1, holder), List.of(wanted), Duration.ZERO);
    }

    private final class TwoValues implements DnsProvider {
        @Override
        public void present(TxtRecord record) {
            written++;
            kept.add(record);
            if (kept.size() > AcmeDns.MOST_VALUES) {
                kept.remove(0);
            }
        }

        @Override
        public void remove(TxtRecord record) {
            // It has no way to.
        }
    }

    private final class TheirServer extends NameServers {
        @Override
        String target(String name) {
            return name;
        }

        @Override
        List<String> missing(TxtRecord record) {
            return kept.contains(record) ? List.of() : List.of("auth.example.org");
        }
    }
}
