package org.berth.certificates;

import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.berth.platform.Conflict;
import org.berth.platform.DomainName;
import org.berth.platform.Problem;
import org.berth.sites.Hsts;

/**
 * Keeps visitors from warnings that nobody wanted, and those of a site with HSTS from being locked out: browsers that were told
 * to keep to HTTPS let nobody past the warning of a certificate (RFC 6797, 12.1). Each question is asked before anything is
 * changed, of every name of the site: those that only lead elsewhere tell browsers the same.
 *
 * @param trusted what visitors get, if browsers trust it
 * @param confirmed whether that was read and is wanted all the same
 */
record TrustRule(Holder site, Optional<IssuedCertificate> trusted, boolean confirmed) {

    /** Before the site signs its own. */
    void selfSigned() {
        refuse(Stream.of(Problem.of("hsts-lockout-self-signed")).filter(lockout -> hasHsts()));
    }

    /** Before visitors get this one. */
    void serves(IssuedCertificate next) {
        var distrust = hasHsts() ? lockout(next) : lostTrust(next);
        refuse(Stream.concat(distrust.stream(), missing(next.names()).stream()));
    }

    /**
     * Before one for these names is ordered. Whether browsers will trust it is known only when it is there.
     *
     * @param likeIt what the same authority has issued last
     */
    void orders(Collection<String> names, Optional<IssuedCertificate> likeIt) {
        refuse(Stream.concat(likeIt.flatMap(this::lostTrust).stream(), missing(names).stream()));
    }

    /** That browsers trust what visitors get, and not the next one. */
    private Optional<Problem> lostTrust(IssuedCertificate next) {
        return trusted.flatMap(now -> CertificateTrust.doubt(next))
                .map(doubt -> Problem.of("certificate-trust-lost", doubt.args().get(0)));
    }

    private boolean hasHsts() {
        return site.hsts() != Hsts.OFF;
    }

    private void refuse(Stream<Problem> warnings) {
        if (confirmed) {
            return;
        }
        var problems = warnings.map(problem -> problem.at("confirmed")).toList();
        if (!problems.isEmpty()) {
            throw new Conflict(problems);
        }
    }

    private static Optional<Problem> lockout(IssuedCertificate next) {
        return CertificateTrust.doubt(next)
                .map(doubt -> doubt.code().equals("certificate-incomplete")
                        ? Problem.of("hsts-lockout-incomplete", doubt.args().get(0))
                        : Problem.of("hsts-lockout-untrusted", doubt.args().get(0)));
    }

    private Optional<Problem> missing(Collection<String> names) {
        var missing = IssuedCertificate.uncovered(names, site.names()).stream()
                .map(DomainName::shown)
                .collect(Collectors.joining(", "));
        return Optional.of(missing)
                .filter(some -> hasHsts() && !some.isEmpty())
                .map(some -> Problem.of("hsts-lockout-names", some));
    }
}
