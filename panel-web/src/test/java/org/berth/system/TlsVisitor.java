package org.berth.system;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A visitor who trusts one authority and nothing else, and whose DNS leads to the lab host. Each visit is a new handshake. */
final class TlsVisitor {

    private static final int PATIENCE = 60_000;
    private static final int HTTPS = 443;

    private final X509Certificate root;

    TlsVisitor(X509Certificate root) {
        this.root = root;
    }

    /** What was seen. */
    record Visit(SiteAnswer answer, X509Certificate certificate) {}

    /**
     * Fetches a page of a site.
     *
     * @throws IOException also when the certificate is not from the authority, or not for the name
     */
    Visit visit(String name, String path) throws IOException {
        return visit(name, HTTPS, path);
    }

    /** The same at another port, such as the panel's. */
    Visit visit(String name, int port, String path) throws IOException {
        try (var cable = new Socket()) {
            cable.connect(new InetSocketAddress(LabHost.ip(), port), PATIENCE);
            cable.setSoTimeout(PATIENCE);
            // What is trusted anew has no session to resume, which would show the certificate of then.
            var sockets = RestClient.trusting(root).getSocketFactory();
            try (var socket = (SSLSocket) sockets.createSocket(cable, name, port, true)) {
                var parameters = new SSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
                socket.startHandshake();
                var certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
                socket.getOutputStream()
                        .write("GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                                .formatted(path, name)
                                .getBytes(StandardCharsets.US_ASCII));
                var raw = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return new Visit(SiteAnswer.of(raw), certificate);
            }
        }
    }
}
