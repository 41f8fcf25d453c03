package org.berth.certificates;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.berth.platform.Problem;

/** Whether visitors' browsers will trust a chain, as far as this host's list of known authorities can tell. */
final class CertificateTrust {

    private static final List<X509Certificate> KNOWN = known();

    private CertificateTrust() {}

    /** What visitors will be warned of, if of anything. */
    static Optional<Problem> doubt(IssuedCertificate certificate) {
        var last = certificate.chain().get(certificate.chain().size() - 1);
        if (isWhole(certificate.chain())
                && KNOWN.stream().anyMatch(root -> root.equals(last) || isSignedBy(last, root))) {
            return Optional.empty();
        }
        var issuer = last.getIssuerX500Principal().getName();
        return Optional.of(
                certificate.chain().size() > 1 || isSelfSigned(last)
                        ? Problem.of("certificate-untrusted", issuer)
                        : Problem.of("certificate-incomplete", issuer));
    }

    /** Whether each has signed the one before it, and none that vouches for another has expired since. */
    private static boolean isWhole(List<X509Certificate> chain) {
        var now = new Date();
        return IntStream.range(1, chain.size())
                .allMatch(place -> isSignedBy(chain.get(place - 1), chain.get(place))
                        && now.before(chain.get(place).getNotAfter()));
    }

    static boolean isSelfSigned(X509Certificate certificate) {
        return isSignedBy(certificate, certificate);
    }

    static boolean isSignedBy(X509Certificate certificate, X509Certificate issuer) {
        if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            return false;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException another) {
            return false;
        }
    }

    private static List<X509Certificate> known() {
        try {
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init((KeyStore) null);
            return Stream.of(trust.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .map(X509TrustManager.class::cast)
                    .flatMap(manager -> Stream.of(manager.getAcceptedIssuers()))
                    .toList();
        } catch (NoSuchAlgorithmException | KeyStoreException everyJavaCan) {
            throw new IllegalStateException(everyJavaCan);
        }
    }
}
