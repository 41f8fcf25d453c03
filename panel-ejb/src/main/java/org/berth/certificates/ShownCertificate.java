package org.berth.certificates;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.berth.platform.Problem;

/**
 * A certificate as a handshake shows it to anybody.
 *
 * @param subject X.500 name of whom it is for
 * @param issuer X.500 name of who signed it
 * @param names for which browsers take it
 * @param fingerprint SHA-256 in hexadecimal
 * @param selfSigned whether nobody else vouches for it
 * @param doubt why browsers will not trust it, as far as this host can tell
 */
public record ShownCertificate(
        String subject,
        String issuer,
        List<String> names,
        Instant notBefore,
        Instant notAfter,
        String fingerprint,
        boolean selfSigned,
        Optional<Problem> doubt) {

    public ShownCertificate {
        names = List.copyOf(names);
    }

    static ShownCertificate of(IssuedCertificate seen) {
        return new ShownCertificate(
                seen.leaf().getSubjectX500Principal().getName(),
                seen.issuer(),
                seen.names(),
                seen.notBefore(),
                seen.notAfter(),
                seen.fingerprint(),
                CertificateTrust.isSelfSigned(seen.leaf()),
                CertificateTrust.doubt(seen));
    }
}
