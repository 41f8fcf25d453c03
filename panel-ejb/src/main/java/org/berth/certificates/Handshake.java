package org.berth.certificates;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.berth.platform.DomainName;

/** Looks, as a visitor, which certificate this host shows for a name; nothing is sent to it, and nothing of it trusted. */
final class Handshake {

    private static final Logger LOG = Logger.getLogger(Handshake.class.getName());
    private static final int WITHIN = (int) Duration.ofSeconds(5).toMillis();

    private Handshake() {}

    /** The certificate and what came with it; nothing if nobody answers over TLS. */
    static Optional<IssuedCertificate> with(String name, int port) {
        var seen = new ArrayList<X509Certificate>();
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Looker(seen)}, null);
            try (var socket = (SSLSocket) context.getSocketFactory().createSocket()) {
                // The panel may have an address for a name, of which a handshake says nothing (RFC 6066, 3).
                if (DomainName.isOne(name)) {
                    var parameters = socket.getSSLParameters();
                    parameters.setServerNames(List.of(new SNIHostName(name)));
                    socket.setSSLParameters(parameters);
                }
                socket.setSoTimeout(WITHIN);
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), WITHIN);
                socket.startHandshake();
            }
        } catch (IOException | GeneralSecurityException ended) {
            LOG.log(Level.FINE, "the handshake for " + name + " ended once the certificate was seen", ended);
        }
        return seen.isEmpty() ? Optional.empty() : Optional.of(new IssuedCertificate(seen));
    }

    /** Notes what it is shown, and refuses it. */
    private record Looker(List<X509Certificate> seen) implements X509TrustManager {

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            seen.addAll(List.of(chain));
            throw new CertificateException("only looked at");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("nobody is a client here");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
