package org.berth.platform;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates in PEM by which another server's TLS is verified instead of by those that Java trusts. */
public final class TrustedRoots {

    private static final int LONGEST = 100_000;

    private TrustedRoots() {}

    /** Whether a text holds such certificates. */
    public static boolean areIn(String pem) {
        try {
            return pem.length() <= LONGEST && !certificates(pem).isEmpty();
        } catch (CertificateException none) {
            return false;
        }
    }

    /** TLS that trusts these alone. */
    public static SSLContext context(String pem) {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            var number = 0;
            for (var root : certificates(pem)) {
                store.setCertificateEntry(String.valueOf(number++), root);
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

    private static Collection<? extends Certificate> certificates(String pem) throws CertificateException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }
}
