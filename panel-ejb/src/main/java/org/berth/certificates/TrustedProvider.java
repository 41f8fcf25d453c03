package org.berth.certificates;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.berth.platform.OutboundHttp;
import org.berth.platform.TrustedRoots;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.connector.Connection;
import org.shredzone.acme4j.connector.NetworkSettings;
import org.shredzone.acme4j.provider.GenericAcmeProvider;

/** Reaches authorities with public roots and those with their own. */
final class TrustedProvider extends GenericAcmeProvider {

    /**
     * A client for each set of roots: it has a thread and connections of its own, and goes only when memory is collected,
     * which may be hours after it was needed.
     */
    private static final Map<Optional<String>, HttpClient> CLIENTS = new ConcurrentHashMap<>();

    /** Roots that were changed are of no use any more, and nobody has so many authorities. */
    private static final int MOST_CLIENTS = 20;

    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(20);

    /** A directory, an order or a chain has some kilobytes, and all of an answer is in memory at once. */
    private static final long LONGEST_ANSWER = 1 << 20;

    private final Optional<String> roots;

    private TrustedProvider(Optional<String> roots) {
        this.roots = roots;
    }

    /** A session with the authority. */
    static Session session(AcmeAccess access) {
        var session = new Session(access.directory(), new TrustedProvider(access.roots()));
        session.networkSettings().setTimeout(ANSWERS_WITHIN);
        // Of a compressed answer nobody knows how long it is.
        session.networkSettings().setCompressionEnabled(false);
        return session;
    }

    @Override
    public Connection connect(URI directory, NetworkSettings settings, HttpClient client) {
        return new PatientConnection(createHttpConnector(settings, client));
    }

    @Override
    public HttpClient createHttpClient(NetworkSettings settings) {
        if (CLIENTS.size() > MOST_CLIENTS) {
            CLIENTS.clear();
        }
        return CLIENTS.computeIfAbsent(roots, TrustedProvider::client);
    }

    private static HttpClient client(Optional<String> roots) {
        // Of HTTP/2 Java 17 keeps a connection that is dead without anybody having said so for many minutes.
        var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(ANSWERS_WITHIN);
        roots.ifPresent(pem -> client.sslContext(TrustedRoots.context(pem)));
        return new OutboundHttp(client.build(), ANSWERS_WITHIN, LONGEST_ANSWER);
    }
}
