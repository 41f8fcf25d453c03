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
 * Keeps the visitors of a site with HSTS from being locked out: browsers that were told to keep to HTTPS let nobody past
 * the warning of a certificate (RFC 6797, 12.1). Each question is asked before anything is changed, of every name of the site:
 * those that only lead elsewhere tell browsers the same.
 *
 * @param confirmed whether that was read and is wanted all the same
 */
record HstsRule(Holder site, boolean confirmed) {

    /** Before the site signs its own. */
    void selfSigned() {
        refuse(Stream.of(Problem.of("hsts-lockout-self-signed")));
    }

    /** Before visitors get this one. */
    void serves(IssuedCertificate next) {
        refuse(Stream.concat(distrust(next).stream(), missing(next.names()).stream()));
    }

    /** Before one for these names is ordered; whether browsers trust it is known only when it is there. */
    void orders(Collection<String> names) {
        refuse(missing(names).stream());
    }

    private void refuse(Stream<Problem> lockouts) {
        if (site.hsts() == Hsts.OFF || confirmed) {
            return;
        }
        var problems = lockouts.map(problem -> problem.at("confirmed")).toList();
        if (!problems.isEmpty()) {
            throw new Conflict(problems);
        }
    }

    private static Optional<Problem> distrust(IssuedCertificate next) {
        return CertificateTrust.doubt(next)
                .map(doubt -> doubt.code().equals("certificate-incomplete")
                        ? Problem.of("hsts-lockout-incomplete", doubt.args().get(0))
                        : Problem.of("hsts-lockout-untrusted", doubt.args().get(0)));
    }

    private Optional<Problem> missing(Collection<String> names) {
        var missing = IssuedCertificate.uncovered(names, site.names()).stream()
                .map(DomainName::shown)
                .collect(Collectors.joining(", "));
        return Optional.of(missing).filter(some -> !some.isEmpty()).map(some -> Problem.of("hsts-lockout-names", some));
    }
}
