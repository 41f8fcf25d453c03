package org.berth.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.berth.fixture.FreePorts;

/** A real PowerDNS Authoritative Server on this machine, for the zone berth.example, with its API. */
final class PowerDnsServer implements AutoCloseable {

    static final String KEY = "api-key-of-a-test";

    private final int port = FreePorts.next();
    private final int web = FreePorts.next();
    private final Programs programs;

    PowerDnsServer(Path folder) throws IOException, InterruptedException {
        programs = new Programs(folder);
        var database = folder.resolve("pdns.sqlite3");
        programs.run(
                "sqlite3.log",
                "sqlite3",
                database.toString(),
                ".read /usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql");
        Files.writeString(folder.resolve("pdns.conf"), """
                launch=gsqlite3
                gsqlite3-database=%s
                local-address=127.0.0.1
                local-port=%d
                webserver=yes
                webserver-address=127.0.0.1
                webserver-port=%d
                api=yes
                api-key=%s
                socket-dir=%s
                """.formatted(database, port, web, KEY, folder));
        programs.start("pdns.log", "pdns_server", "--config-dir=" + folder, "--guardian=no", "--daemon=no");
        programs.await("127.0.0.1", web);
        programs.await("127.0.0.1", port);
        var zone = """
                {"name": "berth.example.", "kind": "Native", "nameservers": ["ns1.berth.example."],
                "rrsets": [{"name": "ns1.berth.example.", "type": "A", "ttl": 60,
                "records": [{"content": "127.0.0.1", "disabled": false}]}]}""";
        var made = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(api().resolve("/api/v1/servers/localhost/zones"))
                                .header("X-API-Key", KEY)
                                .POST(HttpRequest.BodyPublishers.ofString(zone))
                                .build(),
                        BodyHandlers.ofString());
        if (made.statusCode() != 201) {
            throw new IllegalStateException(made.body());
        }
    }

    URI api() {
        return URI.create("http://127.0.0.1:" + web);
    }

    InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", port);
    }

    List<String> values(String name) throws IOException {
        return Values.at(address(), name);
    }

    @Override
    public void close() {
        programs.close();
    }
}
