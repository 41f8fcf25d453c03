package org.berth.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.berth.fixture.FreePorts;
import org.berth.platform.Conflict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.xbill.DNS.SimpleResolver;

/**
 * Against a real acme-dns, by hand, since there is no package of it: one that is responsible for auth.example by its own
 * records, and with these, for a name that leads to an account:
 *
 * <pre>
 * berth.example. SOA ns1.auth.example. admin.auth.example. 1 28800 7200 604800 60
 * berth.example. NS ns1.auth.example.
 * _acme-challenge.shop.berth.example. CNAME (the account's full domain)
 * </pre>
 */
@EnabledIfSystemProperty(named = "berth.acmedns.api", matches = ".+")
class AcmeDnsServerIT {

    private static final String CHALLENGE = "_acme-challenge.shop.berth.example";
    private static final String ONE = "a".repeat(43);
    private static final String OTHER = "b".repeat(43);
    private static final String THIRD = "c".repeat(43);
    private static final String FOURTH = "d".repeat(43);

    private final URI api = URI.create(System.getProperty("berth.acmedns.api"));
    private final InetSocketAddress dns =
            new InetSocketAddress("127.0.0.1", Integer.getInteger("berth.acmedns.dns", 5353));

    @Test
    void valueThatIsPresentedIsAnswered() throws IOException {
        var account = AcmeDns.register(api);
        var name = AcmeDns.domain(account);
        assertThat(name).endsWith(".auth.example");
        assertThat(Values.at(dns, name)).isEmpty();
        var provider = new AcmeDns(api, account);
        provider.present(new TxtRecord(name, ONE));
        assertThat(Values.at(dns, name)).containsExactly(ONE);
        provider.present(new TxtRecord(name, OTHER));
        assertThat(Values.at(dns, name)).containsExactly(ONE, OTHER);
        provider.remove(new TxtRecord(name, ONE));
        assertThat(Values.at(dns, name)).containsExactly(ONE, OTHER);
    }

    @Test
    void nameAndItsStarAreWrittenWhereTheNameLeads() throws Exception {
        var account = Files.readString(Path.of(System.getProperty("berth.acmedns.account")));
        var name = AcmeDns.domain(account);
        var records = records(account);
        records.require(Holders.job(1), 1, List.of("shop.berth.example", "*.shop.berth.example"));
        records.present(Holders.job(1), 1, List.of(new TxtRecord(CHALLENGE, ONE), new TxtRecord(CHALLENGE, OTHER)));
        records.awaitEverywhere(Holders.job(1), Duration.ofSeconds(5));
        assertThat(Values.at(dns, name)).containsExactly(ONE, OTHER);
        assertThat(records.remove(Holders.job(1))).isEmpty();
        records.present(Holders.job(2), 1, List.of(new TxtRecord(CHALLENGE, THIRD), new TxtRecord(CHALLENGE, FOURTH)));
        records.awaitEverywhere(Holders.job(2), Duration.ofSeconds(5));
        assertThat(Values.at(dns, name)).containsExactly(THIRD, FOURTH);
        assertThat(records.remove(Holders.job(2))).isEmpty();
    }

    @Test
    void whatWasWrittenBeforeACrashIsNotLostWhenItIsWrittenAgain() throws Exception {
        var account = AcmeDns.register(api);
        var name = AcmeDns.domain(account);
        var wanted = List.of(new TxtRecord(name, ONE), new TxtRecord(name, OTHER));
        var records = records(account);
        records.present(Holders.job(1), 1, List.of(wanted.get(0)));
        records.present(Holders.job(1), 1, wanted);
        records.present(Holders.job(1), 1, wanted);
        records.awaitEverywhere(Holders.job(1), Duration.ofSeconds(5));
        assertThat(Values.at(dns, name)).containsExactly(ONE, OTHER);
    }

    @Test
    void jobsThatWaitForEachOtherHaveBothTheirValuesEach() {
        var account = AcmeDns.register(api);
        var name = AcmeDns.domain(account);
        var records = records(account);
        CompletableFuture.allOf(Stream.of(1L, 2L, 3L)
                        .map(job -> CompletableFuture.runAsync(() -> {
                            try {
                                records.present(
                                        Holders.job(job),
                                        1,
                                        List.of(
                                                new TxtRecord(
                                                        name,
                                                        ("x" + job).repeat(22).substring(1)),
                                                new TxtRecord(
                                                        name,
                                                        ("y" + job).repeat(22).substring(1))));
                                records.awaitEverywhere(Holders.job(job), Duration.ofSeconds(5));
                            } finally {
                                records.remove(Holders.job(job));
                            }
                        }))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    @Test
    void valuesOfAJobRightAfterAnotherAreBothThere() throws Exception {
        var account = AcmeDns.register(api);
        var name = AcmeDns.domain(account);
        var records = records(account);
        records.present(Holders.job(1), 1, List.of(new TxtRecord(name, ONE), new TxtRecord(name, OTHER)));
        records.remove(Holders.job(1));
        records.present(Holders.job(2), 1, List.of(new TxtRecord(name, THIRD), new TxtRecord(name, FOURTH)));
        assertThat(Values.at(dns, name)).containsExactly(THIRD, FOURTH);
        records.awaitEverywhere(Holders.job(2), Duration.ofSeconds(5));
    }

    @Test
    void whatItRefusesIsQuoted() {
        var account = AcmeDns.register(api);
        var record = new TxtRecord(AcmeDns.domain(account), ONE);
        refused(with(account, "password", "p".repeat(40)), record, "HTTP 401 {\"error\":\"forbidden\"}");
        refused(with(account, "password", "short"), record, "HTTP 401 {\"error\":\"forbidden\"}");
        refused(with(account, "username", UUID.randomUUID().toString()), record, "HTTP 401 {\"error\":\"forbidden\"}");
        refused(with(account, "username", "nobody"), record, "HTTP 401 {\"error\":\"forbidden\"}");
        refused(with(account, "subdomain", UUID.randomUUID().toString()), record, "HTTP 401 {\"error\":\"forbidden\"}");
        assertThatThrownBy(() -> new AcmeDns(api, account).present(new TxtRecord(CHALLENGE, ONE)))
                .isInstanceOfSatisfying(
                        Conflict.class,
                        conflict -> assertThat(conflict.problem().code()).isEqualTo("dns-outside"));
    }

    @Test
    void serverThatIsDownIsNamed() {
        var account = AcmeDns.register(api);
        var nowhere = URI.create("http://127.0.0.1:" + FreePorts.next());
        var provider = new AcmeDns(nowhere, account);
        assertThatThrownBy(() -> provider.present(new TxtRecord(AcmeDns.domain(account), ONE)))
                .isInstanceOfSatisfying(DnsFailure.class, failure -> {
                    assertThat(failure.problem().code()).isEqualTo("dns-unreachable");
                    assertThat(failure.problem().args().get(0)).isEqualTo(nowhere.toString());
                });
        assertThatThrownBy(() -> AcmeDns.register(nowhere))
                .isInstanceOfSatisfying(
                        DnsFailure.class,
                        failure -> assertThat(failure.problem().code()).isEqualTo("dns-unreachable"));
    }

    private void refused(String account, TxtRecord record, String why) {
        assertThatThrownBy(() -> new AcmeDns(api, account).present(record))
                .isInstanceOfSatisfying(DnsFailure.class, failure -> {
                    assertThat(failure.problem().code()).isEqualTo("dns-refused");
                    assertThat(failure.problem().args()).containsExactly(api.toString(), record.name(), why);
                });
    }

    private static String with(String account, String key, String value) {
        try (var reader = Json.createReader(new StringReader(account))) {
            return Json.createObjectBuilder(reader.readObject())
                    .add(key, value)
                    .build()
                    .toString();
        }
    }

    private ChallengeRecords records(String account) {
        return new ChallengeRecords(
                new MemoryLedger(DnsKind.ACME_DNS, zones -> new AcmeDns(api, account), AcmeDns.domain(account)),
                new NameServers(new SimpleResolver(dns), responsible -> dns));
    }
}
