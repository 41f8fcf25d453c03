package org.berth.sites;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.berth.platform.Conflict;
import org.berth.platform.DomainName;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;
import org.berth.sites.ServedCertificates.Served;

/** Which ways to HTTPS are safe for a site: none that locks visitors out is taken without asking. */
@Dependent
class TlsRules {

    private static final String HSTS = "hsts";
    private static final String CONFIRMED = "confirmed";

    private final ServedCertificates certificates;
    private final Clock clock;

    @Inject
    TlsRules(ServedCertificates certificates, Clock clock) {
        this.certificates = certificates;
        this.clock = clock;
    }

    /**
     * What is wanted, if it differs from what is.
     *
     * @param site its number
     * @param names those that it will have
     * @param before how it is now
     */
    Optional<TlsSettings> wished(long site, SiteNames names, TlsSettings before, TlsChange change) {
        var wished = before.with(change);
        if (wished.equals(before)) {
            return Optional.empty();
        }
        if (wished.hsts() != Hsts.OFF && !wished.forceHttps()) {
            throw new Conflict(Problem.of("hsts-without-https").at(before.forceHttps() ? "forceHttps" : HSTS));
        }
        var further = wished.hsts().compareTo(before.hsts()) > 0;
        if (further) {
            requireReady(site, names, wished.hsts());
        }
        if (!change.confirmed()) {
            // One word confirms all of them.
            var doubts = new ArrayList<Problem>();
            if (further || wished.forceHttps() && !before.forceHttps()) {
                doubts.addAll(objections(site, names));
            }
            if (wished.hsts().skips(before.hsts())) {
                doubts.add(Problem.of("hsts-skips", wished.hsts().text()));
            }
            if (further && wished.hsts() == Hsts.PRELOAD) {
                doubts.add(Problem.of("hsts-preload", names.name().unicode()));
            }
            refuse(doubts);
        }
        return Optional.of(wished);
    }

    /**
     * New names, of which browsers that keep to HTTPS would warn until the site's certificate is for them.
     *
     * @param site its number
     * @param before the names that it has
     * @param names those that it will have
     * @param tls how it will be then
     * @param confirmed whether that was read and they are wanted all the same
     */
    void requireCovered(long site, SiteNames before, SiteNames names, TlsSettings tls, boolean confirmed) {
        if (tls.hsts() == Hsts.OFF || confirmed) {
            return;
        }
        var added = names.served().stream().filter(name -> !before.served().contains(name));
        refuse(uncovered("hsts-new-names", certificates.of(site), added).stream()
                .toList());
    }

    /** What nobody can confirm away. */
    private void requireReady(long site, SiteNames names, Hsts wanted) {
        if (certificates.of(site).isEmpty()) {
            throw new Conflict(Problem.of("hsts-self-signed").at(HSTS));
        }
        if (wanted == Hsts.PRELOAD && !names.name().isRegistrable()) {
            throw new InvalidInput(
                    Problem.of("hsts-preload-name", names.name().unicode()).at(HSTS));
        }
    }

    /** Why browsers would warn visitors who are led to HTTPS. */
    private List<Problem> objections(long site, SiteNames names) {
        var served = certificates.of(site);
        if (served.isEmpty()) {
            return List.of(Problem.of("https-self-signed"));
        }
        var certificate = served.get();
        var objections = new ArrayList<Problem>();
        if (certificate.notAfter().isBefore(clock.instant())) {
            objections.add(Problem.of("https-expired"));
        }
        if (!certificate.trusted()) {
            objections.add(Problem.of("https-untrusted"));
        }
        uncovered("https-uncovered", served, names.served().stream()).ifPresent(objections::add);
        return objections;
    }

    private static Optional<Problem> uncovered(String code, Optional<Served> served, Stream<DomainName> names) {
        var uncovered = names.filter(
                        name -> served.filter(some -> some.covers(name.ascii())).isEmpty())
                .map(DomainName::unicode)
                .collect(Collectors.joining(", "));
        return Optional.of(uncovered).filter(some -> !some.isEmpty()).map(some -> Problem.of(code, some));
    }

    private static void refuse(List<Problem> doubts) {
        if (!doubts.isEmpty()) {
            throw new Conflict(doubts.stream().map(doubt -> doubt.at(CONFIRMED)).toList());
        }
    }
}
