package org.berth.web.certificates;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.berth.certificates.SiteCertificateView;
import org.berth.web.jobs.JobJson;
import org.berth.web.jobs.ReasonJson;

/**
 * What a site has of certificates, as the API shows it.
 *
 * @param served what visitors get; missing while the site shows one that it signed itself
 * @param uncovered names of the site that the served certificate is not for
 * @param challenge how names are proven: http-01 or dns-01
 * @param dnsAccess by which records are written, with dns-01
 * @param wildcards names with a star that are asked for beside those of the site
 * @param automatic whether the first one comes by itself as soon as the names lead here; missing once there is one
 * @param nextAt when the clock orders the next one
 * @param failures attempts in a row that failed
 * @param doubt why browsers may not trust what is served, although it is for the right names
 * @param problem why the last attempt failed
 * @param attention whether somebody should look
 * @param before number of the certificate of before, if visitors could get it again
 * @param check what the last look at names and certificate found
 * @param job what is under way
 * @param unorderable why no authority could certify it, whatever is tried
 * @param shown what a handshake with the panel shows now; missing for sites
 */
public record SiteCertificateJson(
        String site,
        Optional<CertificateJson> served,
        List<String> names,
        List<String> uncovered,
        Optional<String> authority,
        String keyType,
        List<String> leftOut,
        String challenge,
        Optional<String> dnsAccess,
        List<String> wildcards,
        Optional<Boolean> automatic,
        Optional<Instant> nextAt,
        int failures,
        Optional<ReasonJson> doubt,
        Optional<ReasonJson> problem,
        boolean attention,
        Optional<Integer> before,
        Optional<CheckJson> check,
        Optional<JobJson> job,
        List<CertificateJson> history,
        Optional<ReasonJson> unorderable,
        Optional<ShownJson> shown) {

    static SiteCertificateJson of(SiteCertificateView view, Locale locale) {
        return new SiteCertificateJson(
                view.siteName(),
                view.served().map(CertificateJson::of),
                view.names(),
                view.uncovered(),
                view.authority(),
                view.keyType().text(),
                view.leftOut(),
                view.challenge().text(),
                view.dnsAccess(),
                view.wildcards(),
                view.automatic(),
                view.nextAt(),
                view.failures(),
                view.doubt().map(doubt -> ReasonJson.of(doubt, locale)),
                view.problem().map(problem -> ReasonJson.of(problem, locale)),
                view.attention(),
                view.before(),
                view.check().map(check -> CheckJson.of(check, locale)),
                view.job().map(job -> JobJson.of(job, locale)),
                view.history().stream().map(CertificateJson::of).toList(),
                view.unorderable().map(why -> ReasonJson.of(why, locale)),
                view.shown().map(shown -> ShownJson.of(shown, locale)));
    }
}
