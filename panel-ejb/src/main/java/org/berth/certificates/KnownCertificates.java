package org.berth.certificates;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.berth.sites.ServedCertificates;

/** Tells sites of the certificates that they answer with. */
@Dependent
class KnownCertificates implements ServedCertificates {

    private final CertificateRows rows;

    @Inject
    KnownCertificates(CertificateRows rows) {
        this.rows = rows;
    }

    @Override
    public Optional<Served> of(long site) {
        return rows.served(site)
                .flatMap(Certificate::chain)
                .map(IssuedCertificate::ofPem)
                .map(certificate -> new Served(
                        Set.copyOf(certificate.names()), certificate.notAfter(), isTrusted(certificate.chain())));
    }

    @Override
    public Map<Long, Instant> ends(Collection<Long> sites) {
        return rows.ends(sites);
    }

    /** Whether a root that Java trusts vouches for it: browsers' lists differ little from that one. */
    static boolean isTrusted(List<X509Certificate> chain) {
        try {
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            var trust = Stream.of(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .map(X509TrustManager.class::cast)
                    .findFirst()
                    .orElseThrow();
            trust.checkServerTrusted(chain.toArray(X509Certificate[]::new), "UNKNOWN");
            return true;
        } catch (GeneralSecurityException notTrusted) {
            return false;
        }
    }
}
