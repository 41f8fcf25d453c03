package org.berth.web.certificates;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.berth.certificates.CertificateState;
import org.berth.certificates.CertificateView;

/**
 * A certificate of a site, as the API shows it.
 *
 * @param number counted for each site
 * @param uploaded whether somebody brought it; else an authority was asked
 * @param keyType {@code ec-256}, {@code ec-384}, {@code rsa-2048}, {@code rsa-3072} or {@code rsa-4096}
 * @param serial in hexadecimal
 * @param fingerprint SHA-256 in hexadecimal
 */
public record CertificateJson(
        int number,
        CertificateState state,
        boolean uploaded,
        List<String> names,
        String keyType,
        Optional<String> issuer,
        Optional<String> serial,
        Optional<Instant> notBefore,
        Optional<Instant> notAfter,
        Optional<String> fingerprint,
        Instant createdAt,
        Optional<Instant> servedAt,
        Optional<Instant> endedAt) {

    static CertificateJson of(CertificateView view) {
        return new CertificateJson(
                view.number(),
                view.state(),
                view.uploaded(),
                view.names(),
                view.keyType().text(),
                view.issuer(),
                view.serial(),
                view.notBefore(),
                view.notAfter(),
                view.fingerprint(),
                view.createdAt(),
                view.servedAt(),
                view.endedAt());
    }
}
