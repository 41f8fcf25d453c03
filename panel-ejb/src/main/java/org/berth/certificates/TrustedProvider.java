package org.berth.certificates;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import org.berth.platform.OutboundHttp;
import org.berth.platform.TrustedRoots;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.connector.NetworkSettings;
import org.shredzone.acme4j.provider.GenericAcmeProvider;

/** Reaches authorities with public roots and those with their own. */
final class TrustedProvider extends GenericAcmeProvider {

    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(20);

    private final Optional<String> roots;

    private TrustedProvider(Optional<String> roots) {
        this.roots = roots;
    }

    /** A session with the authority. */
    static Session session(AcmeAccess access) {
        var session = new Session(access.directory(), new TrustedProvider(access.roots()));
        session.networkSettings().setTimeout(ANSWERS_WITHIN);
        return session;
    }

    @Override
    public HttpClient createHttpClient(NetworkSettings settings) {
        var client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(settings.getTimeout());
        roots.ifPresent(pem -> client.sslContext(TrustedRoots.context(pem)));
        return new OutboundHttp(client.build(), settings.getTimeout());
    }
}
