package org.berth.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.SimpleResolver;

/** Against a real PowerDNS Authoritative Server. */
class PowerDnsIT {

    private static final String NAME = "_acme-challenge.shop.berth.example";
    private static final TxtRecord ONE = new TxtRecord(NAME, "a".repeat(43));
    private static final TxtRecord OTHER = new TxtRecord(NAME, "b".repeat(43));
    private static final Zones ZONES = new Zones(List.of("berth.example"));

    @TempDir
    private Path folder;

    @Test
    void eachValueIsAddedOnceAndRemovedByItself() throws Exception {
        try (var server = new PowerDnsServer(folder)) {
            var provider = provider(server.api(), PowerDnsServer.KEY, ZONES);
            provider.present(ONE);
            provider.present(OTHER);
            provider.present(OTHER);
            assertThat(server.values(NAME)).containsExactly(ONE.value(), OTHER.value());
            provider.remove(ONE);
            provider.remove(ONE);
            assertThat(server.values(NAME)).containsExactly(OTHER.value());
            provider.remove(OTHER);
            assertThat(server.values(NAME)).isEmpty();
        }
    }

    @Test
    void valuesThatManyWriteAtTheSameMomentAreAllThere() throws Exception {
        try (var server = new PowerDnsServer(folder)) {
            var records = new ChallengeRecords(
                    new MemoryLedger(zones -> provider(server.api(), PowerDnsServer.KEY, zones), "berth.example"),
                    new NameServers(new SimpleResolver(server.address()), responsible -> server.address()));
            CompletableFuture.allOf(IntStream.range(0, 8)
                            .mapToObj(job -> CompletableFuture.runAsync(() -> records.present(
                                    Holders.job(job),
                                    1,
                                    List.of(new TxtRecord(
                                            NAME, String.valueOf(job).repeat(43))))))
                            .toArray(CompletableFuture[]::new))
                    .join();
            assertThat(server.values(NAME)).hasSize(8);
            records.awaitEverywhere(Holders.job(7), Duration.ofSeconds(30));
            records.remove(Holders.job(7));
            assertThat(server.values(NAME)).hasSize(7);
        }
    }

    @Test
    void serverThatRefusesIsQuoted() throws Exception {
        try (var server = new PowerDnsServer(folder)) {
            refused(provider(server.api(), "wrong", ZONES), ONE, "HTTP 401");
            refused(
                    provider(server.api(), PowerDnsServer.KEY, new Zones(List.of("other.example"))),
                    new TxtRecord("_acme-challenge.other.example", ONE.value()),
                    "HTTP 404");
        }
    }

    private static void refused(DnsProvider provider, TxtRecord record, String why) {
        assertThatThrownBy(() -> provider.present(record)).isInstanceOfSatisfying(DnsFailure.class, failure -> {
            assertThat(failure.problem().code()).isEqualTo("dns-refused");
            assertThat(failure.problem().args().get(2)).startsWith(why);
        });
    }

    private static PowerDns provider(URI api, String key, Zones zones) {
        return new PowerDns(api, "localhost", key, zones);
    }
}
