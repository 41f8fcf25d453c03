package org.berth.web.certificates;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.berth.certificates.CertificateRow;
import org.berth.web.jobs.ReasonJson;

/**
 * A site's certificate in the list of all, as the API shows it.
 *
 * @param siteId 0 for the panel itself
 * @param owner missing for the panel
 * @param authority missing when what visitors get was uploaded
 * @param notAfter when what visitors get expires; missing while the site shows one that it signed itself
 * @param nextAt when the clock orders the next one
 * @param attention whether somebody should look
 * @param concern why; missing if nobody needs to
 */
public record CertificateRowJson(
        long siteId,
        String site,
        Optional<String> owner,
        Optional<String> authority,
        Optional<Instant> notAfter,
        Optional<Instant> nextAt,
        int failures,
        Optional<ReasonJson> problem,
        boolean attention,
        Optional<ReasonJson> concern) {

    static CertificateRowJson of(CertificateRow row, Locale locale) {
        return new CertificateRowJson(
                row.siteId(),
                row.siteName(),
                row.ownerLogin(),
                row.authority(),
                row.notAfter(),
                row.nextAt(),
                row.failures(),
                row.problem().map(problem -> ReasonJson.of(problem, locale)),
                row.attention(),
                row.concern().map(concern -> ReasonJson.of(concern, locale)));
    }
}
