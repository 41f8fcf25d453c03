package org.berth.certificates;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTNamedCurves;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.X509TrustedCertificateBlock;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/**
 * A certificate that somebody brings with its key, put in order: blocks of PEM (RFC 7468) in whichever order become the
 * site's own certificate and those that lead to its authority, without its root, which browsers have. What nobody could
 * use is refused.
 *
 * @param key private key as PKCS #8 in PEM, never encrypted; empty if the host has it already
 */
record BroughtCertificate(IssuedCertificate certificate, KeyType keyType, Optional<String> key) {

    private static final String CERTIFICATE = "certificate";
    private static final String KEY = "key";

    /** The host takes no longer chain. */
    private static final int LONGEST_CHAIN = 49_152;

    private static final int LONGEST_KEY = 16_384;

    /** Enough for any bundle; comparing each with each stays quick. */
    private static final int MOST_CERTIFICATES = 30;

    private static final int LEAST_RSA_BITS = 2048;
    private static final int LINE = 64;

    /** RFC 9155 and the Baseline Requirements: signatures by these can be forged. */
    private static final Set<String> BROKEN_DIGESTS = Set.of("MD2", "MD5", "SHA1");

    /**
     * Reads what was pasted.
     *
     * @param certificates the site's certificate, and those between it and its authority; the key may be among them
     * @param key its private key, empty if it is among the certificates
     * @param names host names of the site
     * @throws InvalidInput at {@code certificate} or {@code key}, saying what cannot be used
     */
    static BroughtCertificate of(String certificates, String key, Collection<String> names, Instant now) {
        requireShort(key, LONGEST_KEY, KEY);
        var found = read(certificates);
        found.read(key, KEY);
        var leaf = leaf(found.certificates(), found.key(), now);
        var brought = of(
                leaf,
                found.certificates(),
                Optional.of(pem(privateKey(leaf, found.key()).orElseThrow())),
                now);
        brought.requireFor(names, CERTIFICATE);
        return brought;
    }

    /**
     * Reads what the host has, which keeps the key.
     *
     * @param publicKey of the private key that belongs to it, as X.509 has it (SubjectPublicKeyInfo)
     * @throws InvalidInput as with one that was pasted
     */
    static BroughtCertificate onHost(String certificates, byte[] publicKey, Instant now) {
        var all = read(certificates).certificates();
        var leaf = all.stream()
                .filter(some -> Arrays.equals(some.getPublicKey().getEncoded(), publicKey))
                .findFirst()
                .orElseThrow(() -> refused(KEY, "certificate-key-other", subject(all.get(0))));
        return of(leaf, all, Optional.empty(), now);
    }

    private static Blocks read(String certificates) {
        requireShort(certificates, LONGEST_CHAIN, CERTIFICATE);
        var found = new Blocks();
        found.read(certificates, CERTIFICATE);
        found.requireCertificate();
        return found;
    }

    private static BroughtCertificate of(
            X509Certificate leaf, List<X509Certificate> all, Optional<String> key, Instant now) {
        requireLiving(leaf, now);
        var chain = ordered(leaf, all, now);
        chain.forEach(BroughtCertificate::requireStrong);
        var made = new IssuedCertificate(chain);
        requireShort(made.pem(), LONGEST_CHAIN, CERTIFICATE);
        var type = KeyType.of(leaf.getPublicKey()).orElseThrow(() -> unknownKind(leaf));
        return new BroughtCertificate(made, type, key);
    }

    /**
     * Refuses one that is for none of a site's names.
     *
     * @param names host names of the site, the canonical one first
     * @param field name of the input that is to blame
     */
    void requireFor(Collection<String> names, String field) {
        if (certificate.names().isEmpty()) {
            throw refused(field, "certificate-nameless");
        } else if (names.stream().noneMatch(certificate::isFor)) {
            throw refused(
                    field,
                    "certificate-other-names",
                    String.join(", ", certificate.names()),
                    names.iterator().next());
        }
    }

    /** Without what editors and web pages put around the lines: byte order marks and indentation. */
    private static String plain(String text) {
        return text.replace("\uFEFF", "").lines().map(String::strip).collect(Collectors.joining("\n"));
    }

    /** What is in the texts. */
    private static final class Blocks {

        private final Set<X509Certificate> certificates = new LinkedHashSet<>();
        private final List<PrivateKeyInfo> keys = new ArrayList<>();
        private boolean request;

        void read(String text, String field) {
            try (var parser = new PEMParser(new StringReader(plain(text)))) {
                for (var block = parser.readObject(); block != null; block = parser.readObject()) {
                    take(block);
                }
            } catch (IOException | CertificateException | RuntimeException malformed) {
                if (malformed instanceof InvalidInput refused) {
                    throw refused;
                }
                // Its message may quote what was pasted, so it is not told.
                throw refused(field, "certificate-not-pem");
            }
        }

        private void take(Object block) throws CertificateException {
            if (block instanceof PEMEncryptedKeyPair || block instanceof PKCS8EncryptedPrivateKeyInfo) {
                throw refused(KEY, "certificate-key-encrypted");
            } else if (block instanceof X509CertificateHolder holder) {
                add(holder);
            } else if (block instanceof X509TrustedCertificateBlock trusted) {
                add(trusted.getCertificateHolder());
            } else if (block instanceof PEMKeyPair pair) {
                keys.add(pair.getPrivateKeyInfo());
            } else if (block instanceof PrivateKeyInfo info) {
                keys.add(info);
            } else if (block instanceof PKCS10CertificationRequest) {
                request = true;
            }
        }

        private void add(X509CertificateHolder holder) throws CertificateException {
            certificates.add(new JcaX509CertificateConverter().getCertificate(holder));
            if (certificates.size() > MOST_CERTIFICATES) {
                throw refused(CERTIFICATE, "certificate-too-long");
            }
        }

        void requireCertificate() {
            if (!certificates.isEmpty()) {
                return;
            } else if (request) {
                throw refused(CERTIFICATE, "certificate-is-request");
            }
            throw refused(CERTIFICATE, keys.isEmpty() ? "certificate-not-pem" : "certificate-only-key");
        }

        List<X509Certificate> certificates() {
            return List.copyOf(certificates);
        }

        PrivateKeyInfo key() {
            if (keys.isEmpty()) {
                throw refused(KEY, "certificate-key-missing");
            } else if (Set.copyOf(keys).size() > 1) {
                throw refused(KEY, "certificate-key-many");
            }
            return keys.get(0);
        }
    }

    /** The one that the key is for; of several, such as an old one and its renewal, one that is valid, and longest. */
    private static X509Certificate leaf(List<X509Certificate> certificates, PrivateKeyInfo key, Instant now) {
        return certificates.stream()
                .filter(some -> privateKey(some, key).isPresent())
                .max(Comparator.comparing((X509Certificate some) -> lives(some, now))
                        .thenComparing(X509Certificate::getNotAfter))
                .orElseThrow(() -> {
                    var ends = certificates.stream()
                            .filter(BroughtCertificate::isOfAHost)
                            .findFirst();
                    return ends.map(some -> KeyType.of(some.getPublicKey()).isEmpty()
                                    ? unknownKind(some)
                                    : refused(KEY, "certificate-key-other", subject(some)))
                            .orElseGet(() -> refused(CERTIFICATE, "certificate-no-leaf"));
                });
    }

    /** One that a site signed itself may call itself an authority, too, but has names. */
    private static boolean isOfAHost(X509Certificate some) {
        return some.getBasicConstraints() < 0
                || !new IssuedCertificate(List.of(some)).names().isEmpty();
    }

    /** The key as one of a certificate, if it is. */
    private static Optional<PrivateKey> privateKey(X509Certificate certificate, PrivateKeyInfo info) {
        var shared = certificate.getPublicKey();
        try {
            var key = KeyFactory.getInstance(shared.getAlgorithm())
                    .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
            var signature = Signature.getInstance(
                    switch (shared.getAlgorithm()) {
                        case "RSA" -> "SHA256withRSA";
                        case "EC" -> "SHA256withECDSA";
                        default -> shared.getAlgorithm();
                    });
            var text = certificate.getSignature();
            signature.initSign(key);
            signature.update(text);
            var signed = signature.sign();
            signature.initVerify(shared);
            signature.update(text);
            return signature.verify(signed) ? Optional.of(key) : Optional.empty();
        } catch (GeneralSecurityException | IOException other) {
            return Optional.empty();
        }
    }

    /** The way from a certificate to its authority, without its root. */
    static List<X509Certificate> ordered(X509Certificate leaf, List<X509Certificate> all, Instant now) {
        var chain = new ArrayList<X509Certificate>();
        var next = Optional.of(leaf);
        while (next.isPresent()) {
            var last = next.get();
            chain.add(last);
            next = CertificateTrust.isSelfSigned(last)
                    ? Optional.empty()
                    : all.stream()
                            .filter(some -> !chain.contains(some) && lives(some, now))
                            .filter(some -> CertificateTrust.isSignedBy(last, some))
                            // The shortest way: with the root in sight none that another authority signed for it.
                            .max(Comparator.comparing(CertificateTrust::isSelfSigned));
        }
        if (chain.size() > 1 && CertificateTrust.isSelfSigned(chain.get(chain.size() - 1))) {
            chain.remove(chain.size() - 1);
        }
        return chain;
    }

    private static void requireLiving(X509Certificate leaf, Instant now) {
        if (leaf.getNotAfter().toInstant().isBefore(now)) {
            throw refused(CERTIFICATE, "certificate-over", leaf.getNotAfter().toInstant());
        } else if (leaf.getNotBefore().toInstant().isAfter(now)) {
            throw refused(
                    CERTIFICATE, "certificate-too-early", leaf.getNotBefore().toInstant());
        }
    }

    private static void requireStrong(X509Certificate certificate) {
        if (certificate.getPublicKey() instanceof RSAPublicKey rsa
                && rsa.getModulus().bitLength() < LEAST_RSA_BITS) {
            throw refused(
                    CERTIFICATE,
                    "certificate-weak",
                    subject(certificate),
                    "RSA " + rsa.getModulus().bitLength());
        }
        var algorithm = certificate.getSigAlgName();
        if (BROKEN_DIGESTS.contains(algorithm.split("with")[0])) {
            throw refused(CERTIFICATE, "certificate-weak", subject(certificate), algorithm);
        }
    }

    private static void requireShort(String text, int most, String field) {
        if (text.length() > most) {
            throw refused(field, "certificate-too-long");
        }
    }

    private static InvalidInput unknownKind(X509Certificate leaf) {
        return refused(CERTIFICATE, "certificate-key-kind", kind(leaf.getPublicKey()));
    }

    private static String kind(PublicKey key) {
        if (SubjectPublicKeyInfo.getInstance(key.getEncoded()).getAlgorithm().getParameters()
                instanceof ASN1ObjectIdentifier curve) {
            return "EC "
                    + Optional.ofNullable(NISTNamedCurves.getName(curve))
                            .or(() -> Optional.ofNullable(ECNamedCurveTable.getName(curve)))
                            .orElseGet(curve::getId);
        }
        return key instanceof RSAPublicKey rsa
                ? key.getAlgorithm() + " " + rsa.getModulus().bitLength()
                : key.getAlgorithm();
    }

    private static boolean lives(X509Certificate some, Instant now) {
        return !some.getNotAfter().toInstant().isBefore(now)
                && !some.getNotBefore().toInstant().isAfter(now);
    }

    private static String subject(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    private static String pem(PrivateKey key) {
        var lines = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(key.getEncoded());
        return "-----BEGIN PRIVATE KEY-----\n" + lines + "\n-----END PRIVATE KEY-----\n";
    }

    private static InvalidInput refused(String field, String code, Object... args) {
        return new InvalidInput(Problem.of(code, args).at(field));
    }

    /** Without the key. */
    @Override
    public String toString() {
        return certificate.names() + " " + keyType;
    }
}
