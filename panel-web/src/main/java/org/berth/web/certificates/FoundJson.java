package org.berth.web.certificates;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.berth.certificates.FoundCertificate;
import org.berth.certificates.FoundReport;
import org.berth.web.jobs.ReasonJson;

/**
 * The certificates that certbot and acme.sh keep on this host, as the API shows them.
 *
 * @param complete whether these are all
 */
public record FoundJson(List<CertificateFound> certificates, boolean complete) {

    /** A site of which the certificate is for a name; {@code served}: its visitors get this one already. */
    public record SiteFor(long id, String name, boolean selfSigned, boolean served) {}

    /**
     * One of them.
     *
     * @param lineage the folder that it is in
     * @param fingerprint SHA-256 in hexadecimal
     * @param problem why no site can have it
     */
    public record CertificateFound(
            String lineage,
            List<String> names,
            Optional<String> issuer,
            Optional<Instant> notAfter,
            Optional<String> fingerprint,
            Optional<ReasonJson> problem,
            List<SiteFor> sites) {

        static CertificateFound of(FoundCertificate found, Locale locale) {
            return new CertificateFound(
                    found.lineage(),
                    found.names(),
                    found.issuer(),
                    found.notAfter(),
                    found.fingerprint(),
                    found.problem().map(problem -> ReasonJson.of(problem, locale)),
                    found.sites().stream()
                            .map(site -> new SiteFor(site.id(), site.name(), site.selfSigned(), site.served()))
                            .toList());
        }
    }

    static FoundJson of(FoundReport report, Locale locale) {
        return new FoundJson(
                report.certificates().stream()
                        .map(found -> CertificateFound.of(found, locale))
                        .toList(),
                report.complete());
    }
}
