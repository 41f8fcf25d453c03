package org.berth.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.Set;
import org.berth.fixture.Minted;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RevocationListsTest {

    private static final Minted AUTHORITY = Minted.root("Authority");
    private static final BigInteger OTHER = BigInteger.TEN;

    private final RevocationLists lists = new RevocationLists();
    private HttpServer server;
    private int status = 200;
    private byte[] published;

    @BeforeEach
    void publish() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", visitor -> {
            visitor.getResponseHeaders().set("Location", "/elsewhere");
            visitor.sendResponseHeaders(status, published.length);
            visitor.getResponseBody().write(published);
            visitor.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void certificateThatItsAuthorityHasRevokedIsFoundOnTheListThatItNames() throws IOException {
        var authority = AUTHORITY.listingAt(address());
        var good = authority.host("good.example.com");
        var bad = authority.host("bad.example.com");
        published = authority.revoking(authority.host("other.example.com"), bad);
        assertThat(RevocationLists.address(certificate(bad))).contains(URI.create(address()));
        assertThat(revoked(serial(good), serial(bad))).containsExactly(serial(bad));
        published = authority.revoking();
        assertThat(revoked(serial(good), serial(bad))).isEmpty();
    }

    @Test
    void listThatSomebodyElseHasSignedIsNotBelieved() {
        var bad = AUTHORITY.host("bad.example.com");
        published = Minted.root("Authority").revoking(bad);
        assertThatThrownBy(() -> revoked(serial(bad))).hasMessageContaining("not signed");
    }

    @Test
    void neitherAnythingElseNorMuchMoreIsRead() {
        published = new byte[] {0x30, 0x03, 0x02, 0x01, 0x00};
        assertThatThrownBy(() -> revoked(OTHER)).isInstanceOf(IOException.class).hasMessageContaining("no list");
        published = new byte[RevocationLists.LONGEST + 1];
        assertThatThrownBy(() -> revoked(OTHER)).isInstanceOf(IOException.class).hasMessageContaining("bytes");
        published = AUTHORITY.revoking();
        status = 302;
        assertThatThrownBy(() -> revoked(OTHER)).isInstanceOf(IOException.class).hasMessageContaining("302");
    }

    @Test
    void listIsLookedForOverHttpAlone() {
        assertThat(RevocationLists.address(certificate(AUTHORITY.host("none.example.com"))))
                .isEmpty();
        var inDirectory = AUTHORITY.listingAt("ldap://authority.example/list").host("ldap.example.com");
        assertThat(RevocationLists.address(certificate(inDirectory))).isEmpty();
    }

    private Set<BigInteger> revoked(BigInteger... serials) throws IOException {
        return lists.revoked(URI.create(address()), certificate(AUTHORITY), Set.of(serials));
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/list.crl";
    }

    private static X509Certificate certificate(Minted minted) {
        return IssuedCertificate.ofPem(minted.pem()).leaf();
    }

    private static BigInteger serial(Minted minted) {
        return certificate(minted).getSerialNumber();
    }
}
