package org.berth.certificates;

import java.util.Collection;
import java.util.List;
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
 * changed, of every name of the site: those that only lead elsewhere tell browsers the same. All of them at once, so that
 * nothing is confirmed unread.
 *
 * @param trusted what visitors get, if browsers trust it
 */
record TrustRule(Holder site, Optional<IssuedCertificate> trusted) {

    /** What an order is asked about whose authority browsers do not trust. */
    static final String UNTRUSTED = "authority-untrusted";

    private static final String INCOMPLETE = "certificate-incomplete";

    /** What to ask before the site signs its own. */
    List<Problem> selfSigned() {
        var warned = trusted.map(now -> Problem.of("certificate-trust-given-up"));
        return asked(lockedOut().or(() -> warned), Optional.empty());
    }

    /** What to ask before it signs its own in place of one that is declared void. */
    List<Problem> revoked() {
        return asked(lockedOut(), Optional.empty());
    }

    /** What to ask before visitors get this one. */
    List<Problem> serves(IssuedCertificate next) {
        var doubt = CertificateTrust.doubt(next).filter(some -> hasHsts() || trusted.isPresent());
        return asked(doubt.map(this::warning), missing(next.names()));
    }

    /**
     * What to ask before one for these names is ordered. Whether browsers will trust it is known only when it is there.
     *
     * @param authority its name
     * @param likeIt what it has issued last
     */
    List<Problem> orders(Collection<String> names, String authority, Optional<IssuedCertificate> likeIt) {
        var distrust = likeIt.filter(some -> trusted.isPresent())
                .flatMap(CertificateTrust::doubt)
                .map(doubt -> Problem.of(UNTRUSTED, authority, issuer(doubt)));
        return asked(distrust, missing(names));
    }

    /** Says no to what somebody has to confirm before. */
    static void require(boolean confirmed, List<Problem> questions) {
        if (!confirmed && !questions.isEmpty()) {
            throw new Conflict(questions);
        }
    }

    private Problem warning(Problem doubt) {
        var code = (hasHsts() ? "hsts-lockout-" : "certificate-trust-")
                + (doubt.code().equals(INCOMPLETE) ? "incomplete" : "untrusted");
        return Problem.of(code, issuer(doubt));
    }

    private static Object issuer(Problem doubt) {
        return doubt.args().get(0);
    }

    private boolean hasHsts() {
        return site.hsts() != Hsts.OFF;
    }

    private Optional<Problem> lockedOut() {
        return hasHsts() ? Optional.of(Problem.of("hsts-lockout-self-signed")) : Optional.empty();
    }

    private Optional<Problem> missing(Collection<String> names) {
        var missing = IssuedCertificate.uncovered(names, site.names()).stream()
                .map(DomainName::shown)
                .collect(Collectors.joining(", "));
        return Optional.of(missing)
                .filter(some -> hasHsts() && !some.isEmpty())
                .map(some -> Problem.of("hsts-lockout-names", some));
    }

    private static List<Problem> asked(Optional<Problem> first, Optional<Problem> second) {
        return Stream.of(first, second)
                .flatMap(Optional::stream)
                .map(problem -> problem.at("confirmed"))
                .toList();
    }
}
