package org.berth.certificates;

import jakarta.enterprise.context.Dependent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.berth.platform.OutboundHttp;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1SequenceParser;
import org.bouncycastle.asn1.ASN1StreamParser;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.TBSCertList.CRLEntry;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;

/**
 * What authorities publish of the certificates that they have declared void (CRL, RFC 5280, 5). Only those that an
 * authority has issued are looked up: an address in one that somebody brought would have the host ask whatever they like.
 */
@Dependent
class RevocationLists {

    /** Of about 200,000 certificates. The panel has little memory, and authorities that revoke more divide their lists. */
    static final int LONGEST = 8 * 1024 * 1024;

    private static final String ADDRESSES = "2.5.29.31";
    private static final int ENTRIES = 3;
    private static final Duration CONNECTS_WITHIN = Duration.ofSeconds(5);
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(60);
    private static final int OK = 200;

    private final HttpClient client = new OutboundHttp(
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(CONNECTS_WITHIN)
                    .build(),
            ANSWERS_WITHIN);

    /** Where the list is on which a certificate would be; over HTTP alone, as authorities do it, since it is signed. */
    static Optional<URI> address(X509Certificate certificate) {
        return Optional.ofNullable(certificate.getExtensionValue(ADDRESSES))
                .map(bytes -> CRLDistPoint.getInstance(
                        ASN1OctetString.getInstance(bytes).getOctets()))
                .stream()
                .flatMap(points -> Stream.of(points.getDistributionPoints()))
                .map(DistributionPoint::getDistributionPoint)
                .filter(point -> point != null && point.getType() == DistributionPointName.FULL_NAME)
                .flatMap(point ->
                        Stream.of(GeneralNames.getInstance(point.getName()).getNames()))
                .filter(name -> name.getTagNo() == GeneralName.uniformResourceIdentifier)
                .map(name -> name.getName().toString())
                .filter(text -> text.startsWith("http://"))
                .map(URI::create)
                .findFirst();
    }

    /**
     * Which of some certificates are void.
     *
     * @param issuer who has issued all of them, and has to have signed the list
     * @param serials their serial numbers
     * @throws IOException when there is no such list, or a longer one
     */
    Set<BigInteger> revoked(URI address, X509Certificate issuer, Set<BigInteger> serials) throws IOException {
        var list = fetched(address);
        try {
            // Read part by part, since what a list becomes in memory as a whole is many times as much.
            var bytes = new ByteArrayInputStream(list);
            var signed = (ASN1SequenceParser) new ASN1StreamParser(bytes).readObject();
            var start = list.length - bytes.available();
            var found = among(serials, (ASN1SequenceParser) signed.readObject());
            var end = list.length - bytes.available();
            var algorithm = AlgorithmIdentifier.getInstance(signed.readObject().toASN1Primitive());
            var verifier = new JcaContentVerifierProviderBuilder()
                    .build(issuer.getPublicKey())
                    .get(algorithm);
            try (var content = verifier.getOutputStream()) {
                content.write(list, start, end - start);
            }
            if (!verifier.verify(ASN1BitString.getInstance(signed.readObject()).getOctets())) {
                throw new IOException(address + " was not signed by " + issuer.getSubjectX500Principal());
            }
            return found;
        } catch (OperatorCreationException | RuntimeException senseless) {
            throw new IOException(address + " is no list of revoked certificates", senseless);
        }
    }

    /** The third sequence within a list has an entry for each certificate; before it are algorithm and issuer. */
    private static Set<BigInteger> among(Set<BigInteger> serials, ASN1SequenceParser list) throws IOException {
        var found = new HashSet<BigInteger>();
        var sequences = 0;
        for (var part = list.readObject(); part != null; part = list.readObject()) {
            if (part instanceof ASN1SequenceParser entries && ++sequences == ENTRIES) {
                for (var entry = entries.readObject(); entry != null; entry = entries.readObject()) {
                    var serial = CRLEntry.getInstance(entry.toASN1Primitive())
                            .getUserCertificate()
                            .getValue();
                    if (serials.contains(serial)) {
                        found.add(serial);
                    }
                }
            } else {
                part.toASN1Primitive();
            }
        }
        return found;
    }

    private byte[] fetched(URI address) throws IOException {
        var request = HttpRequest.newBuilder(address).timeout(ANSWERS_WITHIN).build();
        try {
            var answer = client.send(request, BodyHandlers.ofInputStream());
            try (var body = answer.body()) {
                var list = body.readNBytes(LONGEST + 1);
                if (answer.statusCode() != OK || list.length > LONGEST) {
                    throw new IOException(
                            address + " answers " + answer.statusCode() + " with " + list.length + " bytes");
                }
                return list;
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }
}
