package org.berth.system;

import jakarta.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.berth.fixture.Eventually;
import org.berth.fixture.FreePorts;
import org.berth.fixture.Fresh;
import org.berth.fixture.Minted;
import org.berth.fixture.Wire;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/**
 * A real certificate authority beside the lab host: Let's Encrypt's test server, which refuses every fifth nonce and has
 * every name proven anew, with the name server that both it and the host ask. Every name leads to the host until it is told
 * otherwise.
 */
final class Pebble implements AutoCloseable {

    /** By which updates of its zone are signed, HMAC-SHA256; the secret is of this test alone. */
    private static final String ZONE_KEY_NAME = "berth-key";

    private static final String ZONE_KEY = "c2VjcmV0IG9mIGEgdGVzdCwgbm90IG9mIGEgaG9zdC4=";

    /** By which it knows a customer (RFC 8555, 7.3.4). */
    private static final String CUSTOMER = "kid-1";

    private static final String CUSTOMER_KEY = "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W";

    /** It certifies nothing below this domain, by its policy. */
    private static final String REFUSED = "refused.example";

    private static final Map<String, String> AT_ONCE = Map.of("PEBBLE_VA_NOSLEEP", "1");
    private static final Duration YEARS = Duration.ofDays(5 * 365);
    private static final Set<String> KEPT = Set.of("PATH");
    private static final String RESOLVER = "/etc/resolv.conf";
    private static final int DNS = 53;

    private final InetAddress here = towardsTheHost();
    private final Path folder;
    private final Optional<String> zone;
    private final boolean toCustomers;
    private final List<Process> processes = new ArrayList<>();
    private final int names = FreePorts.next();
    private final int management = FreePorts.next();
    private final Minted own = Minted.selfSigned("127.0.0.1", here.getHostAddress());
    private final Wire wire;
    private final Optional<NameWire> nameWire;
    private final HttpClient client;
    private final X509Certificate root;

    Pebble() {
        this(Optional.empty(), AT_ONCE);
    }

    /** It waits before it asks for an answer to a challenge, up to so many seconds, as the real ones do. */
    static Pebble thatTakesItsTime() {
        return new Pebble(Optional.empty(), Map.of("PEBBLE_VA_SLEEPTIME", "3"));
    }

    /**
     * The name server is BIND 9, with one zone: all its names lead to the host, and it takes updates that are signed. The
     * panel asks it by a {@link NameWire}.
     */
    static Pebble withZone(String zone) {
        return new Pebble(Optional.of(zone), AT_ONCE);
    }

    /** The same, and what it issues is over after that time. */
    static Pebble withZone(String zone, Duration life) {
        return new Pebble(Optional.of(zone), AT_ONCE, life, false);
    }

    /** It gives accounts only to whom it knows as a customer already. */
    static Pebble thatKnowsItsCustomers() {
        return new Pebble(Optional.empty(), AT_ONCE, YEARS, true);
    }

    /** What it issues is over after that time. */
    static Pebble whoseCertificatesLive(Duration life) {
        return new Pebble(Optional.empty(), AT_ONCE, life, false);
    }

    private Pebble(Optional<String> zone, Map<String, String> pace) {
        this(zone, pace, YEARS, false);
    }

    private Pebble(Optional<String> zone, Map<String, String> pace, Duration life, boolean toCustomers) {
        this.zone = zone;
        this.toCustomers = toCustomers;
        try {
            folder = Files.createTempDirectory("pebble-");
            Files.writeString(folder.resolve("tls.pem"), own.pem());
            Files.writeString(folder.resolve("tls.key"), own.key());
            client = HttpClient.newBuilder().sslContext(own.tls()).build();
            var port = FreePorts.next();
            if (zone.isPresent()) {
                startBind(zone.get());
                nameWire = Optional.of(new NameWire(
                        new InetSocketAddress(here, DNS),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), names)));
            } else {
                startTestServer();
                nameWire = Optional.empty();
            }
            Files.writeString(folder.resolve("pebble.json"), """
                    {"pebble": {"listenAddress": "127.0.0.1:%d", "managementListenAddress": "127.0.0.1:%d",
                    "certificate": "%s", "privateKey": "%s", "httpPort": 80, "tlsPort": 443, "ocspResponderURL": "",
                    "certificateValidityPeriod": %d, "domainBlocklist": ["%s"],
                    "externalAccountBindingRequired": %s, "externalAccountMACKeys": {"%s": "%s"}}}
                    """.formatted(
                            port,
                            management,
                            file("tls.pem"),
                            file("tls.key"),
                            life.toSeconds(),
                            REFUSED,
                            toCustomers,
                            CUSTOMER,
                            CUSTOMER_KEY));
            var settings = new HashMap<>(pace);
            settings.putAll(Map.of("PEBBLE_WFE_NONCEREJECT", "20", "PEBBLE_AUTHZREUSE", "0"));
            // The authority asks the name server itself, so that what is held is the panel's.
            var server = zone.isPresent() ? "127.0.0.1:" + names : here.getHostAddress() + ":" + DNS;
            start(settings, "pebble", "-config", file("pebble.json"), "-dnsserver", server);
            waitFor(port);
            waitFor(management);
            root = certificate(get(URI.create("https://127.0.0.1:" + management + "/roots/0")));
            wire = new Wire(new InetSocketAddress(here, 0), own.tls(), URI.create("https://127.0.0.1:" + port));
            LabHost.shell("cp " + RESOLVER + " /root/resolv.before && echo nameserver " + here.getHostAddress() + " > "
                            + RESOLVER)
                    .orFail();
        } catch (IOException problem) {
            endPrograms();
            throw new UncheckedIOException(problem);
        } catch (RuntimeException | AssertionError problem) {
            endPrograms();
            throw problem;
        }
    }

    /** What lies between it and the host. */
    Wire wire() {
        return wire;
    }

    /** What lies between the panel and the name server of the zone. */
    NameWire nameWire() {
        return nameWire.orElseThrow();
    }

    /** Address of its directory, as the host asks it. */
    String directory() {
        return "https://" + here.getHostAddress() + ":" + wire.port() + "/dir";
    }

    /** What visitors trust who trust what it issues. */
    X509Certificate root() {
        return root;
    }

    /** A name that it does not certify. */
    static String refusedName() {
        return Fresh.login("name") + "." + REFUSED;
    }

    /** How many orders were made. */
    int orders() {
        return wire.accepted("/order-plz");
    }

    /** Adds it on the host under a name of its own, by the command; the name. */
    String added() {
        var name = Fresh.login("pebble");
        var roots = "/root/" + name + ".pem";
        LabHost.program("tee", roots).run(own.pem()).orFail();
        var create = LabHost.berth(
                "authority", "create", name, "--directory", directory(), "--roots-file", roots, "--agree-terms");
        if (toCustomers) {
            LabHost.program("tee", "/root/" + name + ".key").run(CUSTOMER_KEY).orFail();
            create = create.with("--key-id", CUSTOMER, "--key-file", "/root/" + name + ".key");
        }
        create.run().orFail();
        LabHost.shell("rm /root/" + name + ".*").orFail();
        return name;
    }

    /** Whether it has declared what it issued with this number void. */
    boolean hasRevoked(BigInteger serial) {
        return get(URI.create("https://127.0.0.1:" + management + "/cert-status-by-serial/" + serial.toString(16)))
                .contains("\"Revoked\"");
    }

    /** Has the host know how records of the zone are written, by the command; the name of that. */
    String dnsAccess() {
        var access = Fresh.login("bind");
        LabHost.program("tee", "/root/" + access).run(ZONE_KEY).orFail();
        LabHost.berth("dns", "create", access, "--kind", "rfc2136", "--zone", zone.orElseThrow())
                .with("--server", elsewhere(), "--account", ZONE_KEY_NAME)
                .with("--algorithm", "hmac-sha256", "--secret-file", "/root/" + access)
                .run()
                .orFail();
        LabHost.run("rm", "/root/" + access);
        return access;
    }

    /** What the name server tells where authorities ask about a name. */
    List<Record> proofs(String name) throws IOException {
        var question = Record.newRecord(Name.fromString("_acme-challenge." + name + "."), Type.TXT, DClass.IN);
        var server = new SimpleResolver(new InetSocketAddress(InetAddress.getLoopbackAddress(), names));
        return server.send(Message.newQuery(question)).getSection(Section.ANSWER);
    }

    /** This machine, where nothing answers for sites; from the host's side. */
    String elsewhere() {
        return here.getHostAddress();
    }

    /** A name leads to this address from now on. */
    void leads(String name, String address) {
        post(
                "/add-a",
                Json.createObjectBuilder()
                        .add("host", name)
                        .add("addresses", Json.createArrayBuilder().add(address))
                        .build()
                        .toString());
    }

    /** A name leads to the host again. */
    void leadsHere(String name) {
        post("/clear-a", Json.createObjectBuilder().add("host", name).build().toString());
    }

    @Override
    public void close() {
        wire.close();
        nameWire.ifPresent(NameWire::close);
        endPrograms();
        LabHost.shell("[[ ! -e /root/resolv.before ]] || { cat /root/resolv.before > " + RESOLVER
                        + " && rm /root/resolv.before; }")
                .orFail();
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(Pebble::delete);
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }

    /** They have ports that the next authority wants. */
    private void endPrograms() {
        processes.forEach(process -> process.destroyForcibly().onExit().join());
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }

    private void startTestServer() throws IOException {
        start(
                Map.of(),
                "pebble-challtestsrv",
                "-defaultIPv4",
                LabHost.ip(),
                "-defaultIPv6",
                "",
                "-dns01",
                here.getHostAddress() + ":53",
                "-management",
                "127.0.0.1:" + names,
                "-http01",
                "",
                "-https01",
                "",
                "-tlsalpn01",
                "");
        waitFor(names);
    }

    private void startBind(String zone) throws IOException {
        Files.writeString(folder.resolve("zone"), """
                $TTL 60
                @ SOA ns1 host 1 60 60 3600 1
                @ NS ns1
                ns1 A %1$s
                @ A %2$s
                * A %2$s
                """.formatted(here.getHostAddress(), LabHost.ip()));
        Files.writeString(folder.resolve("named.conf"), """
                key "%4$s" { algorithm hmac-sha256; secret "%5$s"; };
                controls {};
                options {
                  directory "%1$s"; listen-on port %2$d { 127.0.0.1; }; listen-on-v6 { none; };
                  pid-file none; session-keyfile none; lock-file none; managed-keys-directory "%1$s";
                  recursion no; dnssec-validation no; empty-zones-enable no;
                };
                zone "%3$s" { type primary; file "zone"; notify no; allow-update { key %4$s; }; };
                """.formatted(folder, names, zone, ZONE_KEY_NAME, ZONE_KEY));
        start(Map.of(), "named", "-g", "-c", file("named.conf"));
        waitFor(names);
    }

    private static X509Certificate certificate(String pem) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException problem) {
            throw new IllegalStateException(problem);
        }
    }

    private void start(Map<String, String> settings, String... command) throws IOException {
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve(command[0] + ".log").toFile()));
        builder.environment().keySet().retainAll(KEPT);
        builder.environment().putAll(settings);
        processes.add(builder.start());
    }

    private void waitFor(int port) {
        Eventually.holds("something listens on port " + port, () -> {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (IOException notYet) {
                if (processes.stream().anyMatch(process -> !process.isAlive())) {
                    throw new AssertionError("Pebble ended: " + logs());
                }
                return false;
            }
        });
    }

    private String logs() {
        return Stream.of("pebble", "pebble-challtestsrv", "named")
                .filter(name -> Files.exists(folder.resolve(name + ".log")))
                .map(name -> Command.of("tail", "-n", "20", file(name + ".log")).run())
                .map(Output::toString)
                .toList()
                .toString();
    }

    private String get(URI address) {
        return send(HttpRequest.newBuilder(address).build());
    }

    private void post(String path, String body) {
        send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + names + path))
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private String send(HttpRequest request) {
        try {
            var answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError(request + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } catch (InterruptedException problem) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(problem);
        }
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    /** The address of this machine on the cable to the host. */
    private static InetAddress towardsTheHost() {
        try (var socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(LabHost.ip(), 53));
            return socket.getLocalAddress();
        } catch (SocketException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
