package org.berth.certificates;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A certificate as an authority has issued it.
 *
 * @param chain the certificate, then those that lead to the authority's root, without that
 */
public record IssuedCertificate(List<X509Certificate> chain) {

    /** Kinds of names (RFC 5280, 4.2.1.6): in the DNS, and addresses. */
    private static final Set<Integer> KINDS = Set.of(2, 7);

    private static final int LINE = 64;
    private static final int LONGEST_ISSUER = 200;
    private static final int LONGEST_SERIAL = 64;

    public IssuedCertificate {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a chain without a certificate");
        }
    }

    /** Reads what {@link #pem} has written. */
    static IssuedCertificate ofPem(String pem) {
        return new IssuedCertificate(certificates(pem));
    }

    /** Every certificate in a text (PEM, RFC 7468). */
    static List<X509Certificate> certificates(String pem) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (CertificateException malformed) {
            throw new IllegalArgumentException("not certificates in PEM", malformed);
        }
    }

    X509Certificate leaf() {
        return chain.get(0);
    }

    /** The chain as verbs and web servers read it. */
    String pem() {
        return chain.stream().map(IssuedCertificate::pem).collect(Collectors.joining());
    }

    /** Host names and addresses for which it is valid, sorted. */
    List<String> names() {
        try {
            var names = leaf().getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> KINDS.contains(name.get(0)))
                            .map(name -> (String) name.get(1))
                            .sorted()
                            .toList();
        } catch (CertificateException malformed) {
            throw new IllegalArgumentException("names that cannot be read", malformed);
        }
    }

    /**
     * With the one for some names first and each signed by the next, which is all that hosts take. Not every authority
     * heeds that (RFC 8555, 9.1).
     */
    IssuedCertificate inOrder(Collection<String> wanted, Instant now) {
        var ordered = IntStream.range(1, chain.size())
                .allMatch(place -> CertificateTrust.isSignedBy(chain.get(place - 1), chain.get(place)));
        if (ordered && covers(wanted)) {
            return this;
        }
        return chain.stream()
                .filter(some -> new IssuedCertificate(List.of(some)).covers(wanted))
                .findFirst()
                .map(leaf -> new IssuedCertificate(BroughtCertificate.ordered(leaf, chain, now)))
                .orElse(this);
    }

    /**
     * Whether none of the others that came with the one for some names has signed it: nobody could follow it to its
     * authority then.
     */
    boolean isAmongStrangers(Collection<String> wanted, Instant now) {
        var leaf = inOrder(wanted, now).leaf();
        return chain.size() > 1 && chain.stream().noneMatch(some -> CertificateTrust.isSignedBy(leaf, some));
    }

    boolean covers(Collection<String> wanted) {
        return names().containsAll(wanted);
    }

    /** Whether it is for a host name; a star stands for one label (RFC 9525, 6.3). */
    boolean isFor(String name) {
        return isFor(names(), name);
    }

    /** Those of a site's names that a certificate with some names is not for. */
    static List<String> uncovered(Collection<String> names, Collection<String> wanted) {
        return wanted.stream().filter(name -> !isFor(names, name)).toList();
    }

    private static boolean isFor(Collection<String> names, String name) {
        return names.stream()
                .map(some -> some.toLowerCase(Locale.ROOT))
                .anyMatch(some -> some.equals(name) || some.equals("*." + name.substring(name.indexOf('.') + 1)));
    }

    /** Who issued it, in a line. */
    String issuer() {
        var name = leaf().getIssuerX500Principal().getName();
        return name.length() > LONGEST_ISSUER ? name.substring(0, LONGEST_ISSUER) : name;
    }

    /** Serial number in hexadecimal; of one that is longer than RFC 5280 allows its beginning. */
    String serial() {
        var serial = leaf().getSerialNumber().toString(16);
        return serial.length() > LONGEST_SERIAL ? serial.substring(0, LONGEST_SERIAL) : serial;
    }

    Instant notBefore() {
        return leaf().getNotBefore().toInstant();
    }

    Instant notAfter() {
        return leaf().getNotAfter().toInstant();
    }

    /** SHA-256 of the certificate in hexadecimal, as browsers show it. */
    String fingerprint() {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(leaf().getEncoded());
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException everyJavaCan) {
            throw new IllegalStateException(everyJavaCan);
        }
    }

    private static String pem(X509Certificate certificate) {
        try {
            var lines = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII))
                    .encodeToString(certificate.getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException unencodable) {
            throw new IllegalArgumentException(unencodable);
        }
    }
}
