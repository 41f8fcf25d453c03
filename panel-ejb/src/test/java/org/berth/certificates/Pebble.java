package org.berth.certificates;

import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.berth.fixture.FreePorts;
import org.berth.fixture.Minted;
import org.berth.fixture.Wire;

/**
 * A real certificate authority on this machine: Let's Encrypt's test server, with its name server that finds every name
 * here, and a web server that answers its challenges.
 */
final class Pebble implements AutoCloseable {

    private static final List<String> KEPT = List.of("PATH");

    private final Minted own = Minted.selfSigned("localhost");
    private final Path folder;
    private final int port = FreePorts.next();
    private final int management = FreePorts.next();
    private final int web = FreePorts.next();
    private final List<Process> processes = new ArrayList<>();
    private final HttpServer site;
    private final Wire wire;
    private final Map<String, String> answers = new ConcurrentHashMap<>();

    /**
     * Starts it.
     *
     * @param settings of its environment, such as {@code PEBBLE_VA_NOSLEEP}
     * @param external number and key of an account without which it registers nobody
     */
    Pebble(Path folder, Map<String, String> settings, Optional<ExternalAccount> external) throws Exception {
        this(folder, settings, external, Optional.empty());
    }

    /**
     * Starts it.
     *
     * @param nameServer that it asks for everything, instead of one that finds every name here
     */
    Pebble(Path folder, Map<String, String> settings, Optional<ExternalAccount> external, Optional<String> nameServer)
            throws Exception {
        this.folder = folder;
        site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), web), 0);
        site.createContext("/.well-known/acme-challenge/", exchange -> {
            var path = exchange.getRequestURI().getPath();
            var body = answers.get(path.substring(path.lastIndexOf('/') + 1));
            var bytes = (body == null ? "" : body).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(body == null ? 404 : 200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        site.start();
        Files.writeString(folder.resolve("tls.pem"), own.pem());
        Files.writeString(folder.resolve("tls.key"), own.key());
        var names = FreePorts.next();
        start(
                Map.of(),
                "pebble-challtestsrv",
                "-defaultIPv4",
                "127.0.0.1",
                "-defaultIPv6",
                "",
                "-dns01",
                "127.0.0.1:" + names,
                "-management",
                "127.0.0.1:" + FreePorts.next(),
                "-http01",
                "",
                "-https01",
                "",
                "-tlsalpn01",
                "");
        Files.writeString(folder.resolve("pebble.json"), configuration(external));
        start(
                settings,
                "pebble",
                "-config",
                file("pebble.json"),
                "-dnsserver",
                nameServer.orElse("127.0.0.1:" + names));
        waitFor(port);
        // What it opens later could find its port taken, and ends it then.
        waitFor(management);
        wire = new Wire(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                own.tls(),
                URI.create("https://localhost:" + port));
    }

    /** What lies between it and the panel. */
    Wire wire() {
        return wire;
    }

    URI directory() {
        return URI.create("https://localhost:" + wire.port() + "/dir");
    }

    AcmeAccess access(KeyPair key, Optional<String> account) {
        return new AcmeAccess(directory(), Optional.of(own.pem()), key, account);
    }

    /** The host answers these from now on. */
    void answer(List<AcmeProof> proofs) {
        proofs.forEach(proof -> answers.put(proof.token(), proof.content()));
    }

    /** A request for a certificate with a new key, in DER. */
    byte[] csr(List<String> names) throws Exception {
        run(
                "openssl",
                "req",
                "-new",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-keyout",
                file("site.key"),
                "-outform",
                "DER",
                "-out",
                file("site.csr"),
                "-subj",
                "/",
                "-addext",
                "subjectAltName=DNS:" + String.join(",DNS:", names));
        return Files.readAllBytes(folder.resolve("site.csr"));
    }

    @Override
    public void close() {
        site.stop(0);
        wire.close();
        processes.forEach(process -> process.destroyForcibly().onExit().join());
    }

    private String configuration(Optional<ExternalAccount> external) {
        return """
                {"pebble": {"listenAddress": "127.0.0.1:%d", "managementListenAddress": "127.0.0.1:%d",
                "certificate": "%s", "privateKey": "%s", "httpPort": %d, "tlsPort": %d, "ocspResponderURL": "",
                "externalAccountBindingRequired": %s, "externalAccountMACKeys": {%s}}}
                """.formatted(
                        port,
                        management,
                        file("tls.pem"),
                        file("tls.key"),
                        web,
                        FreePorts.next(),
                        external.isPresent(),
                        external.map(account -> "\"" + account.keyId() + "\": \"" + account.hmacKey() + "\"")
                                .orElse(""));
    }

    private void start(Map<String, String> settings, String... command) throws IOException {
        processes.add(process(settings, command).start());
    }

    private void run(String... command) throws Exception {
        var process = process(Map.of(), command).start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command[0] + " failed, see " + log(command[0]));
        }
    }

    private ProcessBuilder process(Map<String, String> settings, String... command) {
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(command[0])));
        builder.environment().keySet().retainAll(KEPT);
        builder.environment().putAll(settings);
        return builder;
    }

    private File log(String program) {
        return folder.resolve(program + ".log").toFile();
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private void waitFor(int wanted) {
        for (; ; Thread.onSpinWait()) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), wanted).close();
                return;
            } catch (IOException notYet) {
                if (processes.stream().anyMatch(process -> !process.isAlive())) {
                    processes.forEach(Process::destroyForcibly);
                    throw new IllegalStateException("Pebble ended, see " + folder, notYet);
                }
            }
        }
    }
}
