package org.berth.certificates;

import java.io.IOException;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
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
        roots.ifPresent(pem -> client.sslContext(trusting(pem)));
        return client.build();
    }

    private static SSLContext trusting(String pem) {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (var root : IssuedCertificate.certificates(pem)) {
                store.setCertificateEntry(root.getSerialNumber().toString(), root);
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException unusable) {
            throw new IllegalStateException("roots that cannot be used", unusable);
        }
    }
}
