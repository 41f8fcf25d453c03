package org.berth.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.berth.fixture.FreePorts;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SimpleResolver;

/**
 * Two real name servers on this machine, BIND 9, for the zones berth.example and elsewhere.example. The first takes updates
 * that are signed; the second follows it, or, when a test wants that, never hears of anything.
 */
public final class Bind implements AutoCloseable {

    static final String ZONE = "berth.example";
    static final String KEY_NAME = "berth-key";
    static final String KEY = "c2VjcmV0IG9mIGEgdGVzdCwgbm90IG9mIGEgaG9zdC4=";

    private static final String HERE = "127.0.0.1";

    /** BIND takes no address that no interface has, so {@link #servers} finds the second elsewhere. */
    private static final String SECOND = "127.0.0.2";

    private final Path folder;
    private final int port = FreePorts.next();
    private final int secondPort = FreePorts.next();
    private final Programs programs;

    /**
     * Starts both.
     *
     * @param follows whether the second has what the first has
     */
    public Bind(Path folder, boolean follows) throws IOException {
        this.folder = folder;
        programs = new Programs(folder);
        zone("berth", "ns1 A " + HERE + "\nns2 A " + SECOND + "\n");
        // Where everything is left to the first zone.
        zone("elsewhere", "_acme-challenge CNAME elsewhere.challenges.berth.example.\n");
        configure(
                "first", port, primary("berth", "allow-update { key " + KEY_NAME + "; };") + primary("elsewhere", ""));
        configure(
                "second",
                secondPort,
                follows
                        ? secondary("berth") + secondary("elsewhere")
                        : primary("berth", "") + primary("elsewhere", ""));
        start("first", port);
        start("second", secondPort);
    }

    /** Where the first answers. */
    public String address() {
        return HERE + ":" + port;
    }

    /** Records as the panel has them, written by signed updates. */
    public ChallengeRecords records() {
        return new ChallengeRecords(new MemoryLedger(zones -> update(KEY, zones), ZONE), servers());
    }

    /** The same for an access that owners may use. */
    ChallengeRecords offered() {
        return new ChallengeRecords(
                new MemoryLedger(DnsKind.RFC2136, true, zones -> update(KEY, zones), ZONE), servers());
    }

    DynamicUpdate update(String key, Zones zones) {
        return DynamicUpdate.of(new ServerAddress(HERE, port), KEY_NAME, "hmac-sha256", key, zones);
    }

    NameServers servers() {
        return servers(new SimpleResolver(first()));
    }

    /** Found by somebody else who asks the first server. */
    NameServers servers(Resolver resolver) {
        return new NameServers(
                resolver,
                responsible -> SECOND.equals(responsible.getAddress().getHostAddress())
                        ? new InetSocketAddress(HERE, secondPort)
                        : first());
    }

    /** Values that the first server tells of a name. */
    public List<String> values(String name) throws IOException {
        return Values.at(first(), name);
    }

    @Override
    public void close() {
        programs.close();
    }

    InetSocketAddress first() {
        return new InetSocketAddress(HERE, port);
    }

    private void start(String name, int at) throws IOException {
        programs.start(
                name + ".log",
                "named",
                "-g",
                "-c",
                folder.resolve(name + ".conf").toString());
        programs.await(HERE, at);
        // It listens before it knows its zones.
        for (var zone : List.of("berth.example", "elsewhere.example")) {
            while (!Values.knows(new InetSocketAddress(HERE, at), zone)) {
                Thread.onSpinWait();
            }
        }
    }

    private void zone(String name, String more) throws IOException {
        var text = """
                $TTL 60
                @ SOA ns1.berth.example. host.berth.example. 1 60 60 3600 1
                @ NS ns1.berth.example.
                @ NS ns2.berth.example.
                """ + more;
        for (var server : List.of("first", "second")) {
            Files.writeString(folder.resolve(name + "." + server), text);
        }
    }

    private String primary(String name, String more) {
        return "zone \"" + name + ".example\" { type primary; file \"" + name + ".%1$s\"; notify explicit;"
                + " notify-delay 0; also-notify { " + HERE + " port " + secondPort + "; }; " + more + " };\n";
    }

    private String secondary(String name) {
        return "zone \"" + name + ".example\" { type secondary; primaries { " + HERE + " port " + port + "; }; };\n";
    }

    private void configure(String name, int at, String zones) throws IOException {
        var text = """
                key "%4$s" { algorithm hmac-sha256; secret "%5$s"; };
                controls {};
                options {
                  directory "%3$s"; listen-on port %2$d { 127.0.0.1; }; listen-on-v6 { none; };
                  pid-file none; session-keyfile none; lock-file none; managed-keys-directory "%3$s";
                  recursion no; dnssec-validation no; empty-zones-enable no;
                };
                """ + zones;
        Files.writeString(folder.resolve(name + ".conf"), text.formatted(name, at, folder, KEY_NAME, KEY));
    }
}
