package org.berth.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.berth.fixture.FreePorts;
import org.berth.platform.Conflict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Message;
import org.xbill.DNS.SimpleResolver;

/** Against two real name servers, BIND 9, one of which takes updates. */
class DynamicUpdateIT {

    private static final String NAME = "_acme-challenge.shop.berth.example";
    private static final TxtRecord ONE = new TxtRecord(NAME, "a".repeat(43));
    private static final TxtRecord OTHER = new TxtRecord(NAME, "b".repeat(43));
    private static final Zones ZONES = new Zones(List.of(Bind.ZONE));

    @TempDir
    private Path folder;

    @Test
    void eachValueIsAddedOnceAndRemovedByItself() throws IOException {
        try (var bind = new Bind(folder, true)) {
            var update = bind.update(Bind.KEY, ZONES);
            update.present(ONE);
            update.present(OTHER);
            update.present(OTHER);
            assertThat(bind.values(NAME)).containsExactly(ONE.value(), OTHER.value());
            update.remove(ONE);
            update.remove(ONE);
            assertThat(bind.values(NAME)).containsExactly(OTHER.value());
        }
    }

    @Test
    void updateThatIsSignedWithAnotherKeyIsRefused() throws IOException {
        try (var bind = new Bind(folder, true)) {
            var update = bind.update("YW5vdGhlciBrZXksIHdoaWNoIG5vYm9keSBrbm93cw==", ZONES);
            assertThatThrownBy(() -> update.present(ONE))
                    .isInstanceOfSatisfying(
                            DnsFailure.class,
                            failure -> assertThat(failure.problem().code()).isEqualTo("dns-refused"));
            assertThat(bind.values(NAME)).isEmpty();
        }
    }

    @Test
    void serverThatIsDownIsNamed() {
        var nowhere = DynamicUpdate.of(
                new ServerAddress("127.0.0.1", FreePorts.next()), Bind.KEY_NAME, "hmac-sha256", Bind.KEY, ZONES);
        assertThatThrownBy(() -> nowhere.present(ONE)).isInstanceOfSatisfying(DnsFailure.class, failure -> {
            assertThat(failure.problem().code()).isEqualTo("dns-unreachable");
            assertThat(failure.problem().args().get(0)).isEqualTo("127.0.0.1");
        });
    }

    @Test
    void recordIsEverywhereOnceEachResponsibleServerHasIt() throws IOException {
        try (var bind = new Bind(folder, true)) {
            assertThat(bind.servers().missing(ONE)).hasSize(2);
            assertThat(bind.servers().responsible(NAME)).containsExactly("ns1.berth.example", "ns2.berth.example");
            var records = bind.records();
            records.present(Holders.job(1), 1, List.of(ONE, OTHER));
            records.awaitEverywhere(Holders.job(1), Duration.ofSeconds(60));
            assertThat(bind.servers().missing(ONE)).isEmpty();
            assertThat(bind.servers().missing(OTHER)).isEmpty();
        }
    }

    @Test
    void serverThatDoesNotGetTheRecordIsNamed() throws IOException {
        try (var bind = new Bind(folder, false)) {
            var records = bind.records();
            records.present(Holders.job(1), 1, List.of(ONE));
            assertThatThrownBy(() -> records.awaitEverywhere(Holders.job(1), Duration.ofSeconds(1)))
                    .isInstanceOfSatisfying(DnsFailure.class, failure -> {
                        assertThat(failure.problem().code()).isEqualTo("dns-not-everywhere");
                        assertThat(failure.problem().args())
                                .containsExactly(NAME, "ns2.berth.example (127.0.0.2)", "1");
                    });
            assertThat(records.remove(Holders.job(1))).isEmpty();
            assertThat(bind.values(NAME)).isEmpty();
        }
    }

    @Test
    void twoIssuancesOfOneNameLeaveEachOthersValues() throws IOException {
        try (var bind = new Bind(folder, true)) {
            var records = bind.records();
            records.present(Holders.job(1), 1, List.of(ONE));
            records.present(Holders.job(2), 1, List.of(OTHER));
            records.remove(Holders.job(1));
            assertThat(bind.values(NAME)).containsExactly(OTHER.value());
            records.removeOlderThan(Duration.ZERO, Holders.job(3));
            assertThat(bind.values(NAME)).isEmpty();
        }
    }

    @Test
    void recordIsWrittenWhereACnameLeads() throws IOException {
        try (var bind = new Bind(folder, true)) {
            var records = bind.records();
            records.require(Holders.job(1), 1, List.of("elsewhere.example", "*.elsewhere.example"));
            records.present(
                    Holders.job(1), 1, List.of(new TxtRecord(TxtRecord.challengeOf("elsewhere.example"), ONE.value())));
            assertThat(bind.values("elsewhere.challenges.berth.example")).containsExactly(ONE.value());
            assertThatThrownBy(
                            () -> records.require(Holders.job(1), 1, List.of("www.elsewhere.example", "berth.example")))
                    .isInstanceOfSatisfying(Conflict.class, refused -> {
                        assertThat(refused.problem().code()).isEqualTo("dns-names-outside");
                        assertThat(refused.problem().args())
                                .containsExactly("test", "_acme-challenge.www.elsewhere.example", Bind.ZONE);
                    });
        }
    }

    /** It remembers what was not there, and an authority may ask it, too. */
    @Test
    void hostsOwnServerIsNotAskedForNamesOfRecords() throws IOException {
        try (var bind = new Bind(folder, true)) {
            var asked = new HashSet<String>();
            var servers = bind.servers(new SimpleResolver(bind.first()) {
                @Override
                public Message send(Message query) throws IOException {
                    asked.add(query.getQuestion().getName().toString(true));
                    return super.send(query);
                }
            });
            var target = servers.target(TxtRecord.challengeOf("elsewhere.example"));
            assertThat(target).isEqualTo("elsewhere.challenges.berth.example");
            assertThat(servers.missing(new TxtRecord(target, ONE.value()))).hasSize(2);
            assertThat(asked).contains("elsewhere.example", "berth.example");
            assertThat(asked).doesNotContain("_acme-challenge.elsewhere.example", target);
        }
    }

    /** Whoever has a name chooses where it leads. */
    @Test
    void ownersHaveNothingWrittenButWhereProofsAre() throws IOException {
        try (var bind = new Bind(folder, true)) {
            var names = List.of("elsewhere.example");
            bind.records().require(Holders.job(1), 1, names);
            assertThatThrownBy(() -> bind.offered().require(Holders.job(1), 1, names))
                    .isInstanceOf(Conflict.class);
            var record = new TxtRecord("_acme-challenge.elsewhere.example", "a".repeat(43));
            assertThatThrownBy(() -> bind.offered().present(Holders.job(1), 1, List.of(record)))
                    .isInstanceOf(Conflict.class);
            assertThat(bind.values("elsewhere.challenges.berth.example")).isEmpty();
            bind.offered().require(Holders.job(1), 1, List.of("*.shop.berth.example"));
        }
    }
}
