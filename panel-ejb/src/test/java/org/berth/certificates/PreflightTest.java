package org.berth.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.berth.platform.Conflict;
import org.berth.platform.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against real web servers on this machine's addresses; names lead where the test says. */
class PreflightTest {

    private static final String TOKEN = "t".repeat(43);
    private static final String CONTENT = TOKEN + "." + "c".repeat(43);
    private static final String PATH = "/.well-known/acme-challenge/" + TOKEN;

    private final List<HttpServer> servers = new ArrayList<>();
    private int port;

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void fileThatComesBackThroughEveryAddressIsNoFault() throws IOException {
        serve("127.0.0.1", PreflightTest::file);
        serve("127.0.0.2", PreflightTest::file);
        var answer = answer("shop.example.com", "127.0.0.1", "127.0.0.2");
        assertThat(answer.fault()).isEmpty();
        assertThat(answer.detour()).isFalse();
    }

    /** Of an address that the host does not have; where nothing comes back the fault says where the name leads. */
    @Test
    void nameThatLeadsToMoreThanThisHostIsToldOfWhenItComesBack() throws IOException {
        serve("127.0.0.1", PreflightTest::file);
        var preflight =
                preflight(Map.of("behind.example.com", "127.0.0.1 2001:db8::7", "lost.example.com", "10.1.2.3"));
        assertThat(preflight.require(List.of("behind.example.com"), TOKEN, CONTENT))
                .contains(Problem.of(
                        "certificate-detour",
                        "behind.example.com → 127.0.0.1, 2001:db8::7",
                        "127.0.0.1, 127.0.0.2, 127.0.0.3, ::1"));
        assertThat(preflight
                        .answers(List.of("lost.example.com"), TOKEN, CONTENT)
                        .detour())
                .isEmpty();
    }

    @Test
    void oneAddressThatLeadsElsewhereIsAFault() throws IOException {
        serve("127.0.0.1", PreflightTest::file);
        serve("127.0.0.2", other -> say(other, 200, "another server's page"));
        var answer = answer("shop.example.com", "127.0.0.1", "127.0.0.2");
        assertThat(answer.fault()).contains("HTTP 200");
        assertThat(answer.addresses()).isEqualTo("127.0.0.1, 127.0.0.2");
    }

    /** As when this host has no IPv6 and the name has. */
    @Test
    void addressThatCannotBeReachedIsNoneWhereAnotherAnswers() throws IOException {
        serve("127.0.0.1", PreflightTest::file);
        assertThat(answer("shop.example.com", "127.0.0.1", "127.0.0.3").fault()).isEmpty();
        assertThat(answer("shop.example.com", "127.0.0.3").fault()).contains("HTTP –");
    }

    @Test
    void redirectsAreFollowedWithinTheName() throws IOException {
        serve("127.0.0.1", visitor -> {
            if (visitor.getRequestURI().getPath().equals("/there")) {
                file(visitor);
            } else {
                visitor.getResponseHeaders().add("Location", "/there");
                say(visitor, 301, "");
            }
        });
        assertThat(answer("localhost", "127.0.0.1").fault()).isEmpty();
    }

    @Test
    void redirectsToOthersAndOnesWithoutEndAreFaults() throws IOException {
        serve("127.0.0.1", visitor -> {
            visitor.getResponseHeaders().add("Location", "http://127.0.0.1:" + port + PATH);
            say(visitor, 302, "");
        });
        serve("127.0.0.2", visitor -> {
            visitor.getResponseHeaders().add("Location", PATH);
            say(visitor, 302, "");
        });
        assertThat(answer("localhost", "127.0.0.1").fault()).contains("HTTP 302");
        assertThat(answer("localhost", "127.0.0.2").fault()).isPresent();
    }

    @Test
    void nobodyIsAskedInNetworksThatTheWorldDoesNotKnow() throws IOException {
        serve("127.0.0.1", visitor -> {
            throw new AssertionError("was asked");
        });
        for (var address : List.of(
                "10.1.2.3",
                "192.168.0.1",
                "169.254.169.254",
                "fd00::1",
                "fe80::1",
                "127.0.0.9",
                "100.100.100.200",
                "198.19.255.255",
                "192.0.0.8",
                "240.0.0.1",
                "255.255.255.255",
                "::ffff:10.1.2.3",
                "::10.1.2.3",
                "64:ff9b::a01:203",
                "2002:a01:203::1",
                "2001::a01:203",
                "fec0::1",
                "ff02::1")) {
            assertThat(answer("shop.example.com", address).fault()).as(address).contains("HTTP –");
        }
        for (var address : List.of("100.128.0.1", "192.0.1.1", "198.20.0.1", "2003::1", "2600::1")) {
            assertThat(InnerNetworks.contain(InetAddress.getByName(address)))
                    .as(address)
                    .isFalse();
        }
    }

    /** Whoever owns a name may have it lead to hundreds of other people's addresses, and ask again and again. */
    @Test
    void nameWithManyAddressesIsAskedForAtFewOfThemByThreadsThatAreShared() throws IOException {
        var asked = new AtomicInteger();
        serve("127.0.0.1", visitor -> {
            asked.incrementAndGet();
            file(visitor);
        });
        var many = "127.0.0.1 ".repeat(100).strip();
        assertThat(answer("many.example.com", many).fault()).isEmpty();
        assertThat(asked).hasValue(8);
        var before = Thread.getAllStackTraces().keySet().stream()
                .filter(PreflightTest::isOfAClient)
                .count();
        assertThat(answer("many.example.com", many).fault()).isEmpty();
        assertThat(Thread.getAllStackTraces().keySet().stream().filter(PreflightTest::isOfAClient))
                .hasSizeLessThanOrEqualTo((int) before);
    }

    /** Each has one that waits for what comes. */
    private static boolean isOfAClient(Thread thread) {
        return thread.getName().startsWith("HttpClient-") && thread.getName().endsWith("SelectorManager");
    }

    /** Where the name leads by then nobody has looked at. */
    @Test
    void redirectIsFollowedToTheAddressThatWasLookedAt() throws IOException {
        serve("127.0.0.2", visitor -> {
            if (visitor.getRequestURI().toString().equals("/there?a=%20b")) {
                file(visitor);
            } else {
                visitor.getResponseHeaders().add("Location", "/there?a=%20b");
                say(visitor, 301, "");
            }
        });
        assertThat(answer("localhost", "127.0.0.2").fault()).isEmpty();
        assertThat(answer("nowhere.invalid", "127.0.0.2").fault()).isEmpty();
    }

    @Test
    void eachNameThatFailsIsNamed() throws IOException {
        serve("127.0.0.1", PreflightTest::file);
        var preflight = preflight(Map.of("good.example.com", "127.0.0.1", "bad.example.com", "10.1.2.3"));
        assertThatThrownBy(() -> preflight.require(
                        List.of("good.example.com", "bad.example.com", "lost.example.com"), TOKEN, CONTENT))
                .isInstanceOfSatisfying(
                        Conflict.class,
                        refused -> assertThat(refused.problem().args())
                                .containsExactly(
                                        "bad.example.com → 10.1.2.3: HTTP –;" + " lost.example.com → –",
                                        "127.0.0.1, 127.0.0.2, 127.0.0.3, ::1"));
    }

    /** Otherwise one slow name server would have the site's other names left out. */
    @Test
    void nameThatCouldNotBeAskedForInTimeIsNotBlamed() {
        var never = new CountDownLatch(1);
        var preflight = new Preflight(
                List::of,
                name -> {
                    try {
                        never.await();
                    } catch (InterruptedException over) {
                        Thread.currentThread().interrupt();
                    }
                    throw new UnknownHostException(name);
                },
                port,
                Duration.ofSeconds(2));
        var slow = IntStream.range(0, 8).mapToObj(each -> each + ".example.com").toList();
        var names = new ArrayList<>(slow);
        names.add("shop.example.com");
        assertThatThrownBy(() -> preflight.require(names, TOKEN, CONTENT))
                .isInstanceOfSatisfying(UnprovableNames.class, refused -> {
                    assertThat(refused.names()).isNotEmpty().isSubsetOf(slow);
                    assertThat(refused.problem().args().get(0)).asString().endsWith("shop.example.com → …");
                });
    }

    /** Few routers lead their own network back to their outer address. */
    @Test
    void nameThatOnlyTheWorldCanAskForFromBehindARouterIsLeftToTheAuthority() {
        assertThat(behind("10.1.2.3").fault()).isEmpty();
        assertThat(behind("10.1.2.3").detour()).isTrue();
        assertThat(behind("192.0.2.1").fault()).contains("HTTP –");
    }

    /** What a host with this address says of a name whose address it cannot reach. */
    private Preflight.Answer behind(String own) {
        return new Preflight(
                        () -> List.of(own),
                        name -> new InetAddress[] {InetAddress.getByName("2001:db8::7")},
                        port,
                        Duration.ofMinutes(1))
                .answers(List.of("shop.example.com"), TOKEN, CONTENT)
                .answers()
                .get(0);
    }

    private Preflight.Answer answer(String name, String... addresses) {
        return preflight(Map.of(name, String.join(" ", addresses)))
                .answers(List.of(name), TOKEN, CONTENT)
                .answers()
                .get(0);
    }

    private Preflight preflight(Map<String, String> dns) {
        return new Preflight(
                () -> List.of("127.0.0.1", "127.0.0.2", "127.0.0.3", "::1"),
                name -> {
                    if (!dns.containsKey(name)) {
                        throw new UnknownHostException(name);
                    }
                    var all = new ArrayList<InetAddress>();
                    for (var address : dns.get(name).split(" ")) {
                        all.add(InetAddress.getByName(address));
                    }
                    return all.toArray(InetAddress[]::new);
                },
                port,
                Duration.ofMinutes(1));
    }

    /** How a server answers. */
    private interface Answering {
        void answer(HttpExchange visitor) throws IOException;
    }

    private void serve(String address, Answering answering) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(address, port), 0);
        port = server.getAddress().getPort();
        server.createContext("/", answering::answer);
        server.start();
        servers.add(server);
    }

    private static void file(HttpExchange visitor) throws IOException {
        say(visitor, 200, CONTENT);
    }

    private static void say(HttpExchange visitor, int status, String text) throws IOException {
        var body = text.getBytes(StandardCharsets.US_ASCII);
        visitor.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        visitor.getResponseBody().write(body);
        visitor.close();
    }
}
