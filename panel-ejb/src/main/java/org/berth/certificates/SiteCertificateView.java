package org.berth.certificates;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.berth.jobs.JobView;
import org.berth.platform.Problem;

/**
 * What a site, or the panel itself, has of certificates, and how it goes on, as shown to people.
 *
 * @param siteId 0 for the panel
 * @param siteName canonical name of the site, ASCII form
 * @param served what visitors get; empty while the site shows one that it signed itself, of which browsers warn
 * @param names every name that the site answers to, in ASCII form, the canonical one first
 * @param uncovered those that the served certificate is not for; all of them without one, but of the panel those that what
 *     it shows is not for
 * @param authority name of the authority that is asked, empty before the first time
 * @param keyType kind of key that is asked for
 * @param leftOut names that are left out by choice
 * @param challenge how names are proven
 * @param dnsAccess name of the way by which records are written, with {@link ChallengeKind#DNS_01}
 * @param wildcards names with a star that are asked for beside those of the site
 * @param automatic whether the clock sees to the first one, as soon as the names lead here; empty once there is one, and of
 *     the panel
 * @param nextAt when the clock orders the next one: the renewal, or after a failure the next attempt; empty when it does
 *     not, because what is served was brought or none was ever wished for
 * @param failures attempts in a row that failed
 * @param doubt why browsers may not trust what is served, although it is for the right names
 * @param problem why the last attempt failed
 * @param attention whether somebody should look: it failed twice, cannot succeed as things stand, or expires soon
 * @param before number of the certificate of before, if visitors could get it again
 * @param check what the last look at names and certificate found
 * @param job what is under way, with its steps
 * @param history certificates of the site, the newest first, at most 20
 * @param unorderable why no authority could certify it, whatever is tried
 * @param shown what a handshake shows now; asked for at the panel only
 */
public record SiteCertificateView(
        long siteId,
        String siteName,
        Optional<CertificateView> served,
        List<String> names,
        List<String> uncovered,
        Optional<String> authority,
        KeyType keyType,
        List<String> leftOut,
        ChallengeKind challenge,
        Optional<String> dnsAccess,
        List<String> wildcards,
        Optional<Boolean> automatic,
        Optional<Instant> nextAt,
        int failures,
        Optional<Problem> doubt,
        Optional<Problem> problem,
        boolean attention,
        Optional<Integer> before,
        Optional<CheckView> check,
        Optional<JobView> job,
        List<CertificateView> history,
        Optional<Problem> unorderable,
        Optional<ShownCertificate> shown) {

    public SiteCertificateView {
        names = List.copyOf(names);
        uncovered = List.copyOf(uncovered);
        leftOut = List.copyOf(leftOut);
        wildcards = List.copyOf(wildcards);
        history = List.copyOf(history);
    }
}
