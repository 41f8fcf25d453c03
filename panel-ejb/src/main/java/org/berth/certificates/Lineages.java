package org.berth.certificates;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.berth.host.Host;
import org.berth.host.VerbCall;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;

/** Looks for what certbot and acme.sh keep on this host, and says what of it is of use. */
@Dependent
class Lineages {

    private final Host host;
    private final Clock clock;

    @Inject
    Lineages(Host host, Clock clock) {
        this.host = host;
        this.clock = clock;
    }

    /**
     * What the host has.
     *
     * @param complete whether that is all
     */
    record Found(List<Lineage> lineages, boolean complete) {}

    /**
     * What a lineage holds.
     *
     * @param certificate empty if it is none at all
     * @param problem empty if sites can have it
     */
    record Seen(Optional<IssuedCertificate> certificate, Optional<Problem> problem) {}

    /**
     * One that a site could have.
     *
     * @param covered how many of the site's names it is for
     * @param named whether the site's canonical name stands in it, and no star for that
     * @param selfSigned whether the site's visitors get one that it signed itself
     */
    record Candidate(Lineage lineage, IssuedCertificate certificate, int covered, boolean named, boolean selfSigned) {}

    Found find() {
        var said = host.call(VerbCall.read("certificate-find")).result();
        return new Found(
                said.getJsonArray("found").getValuesAs(JsonObject.class).stream()
                        .map(Lineage::of)
                        .toList(),
                said.getBoolean("complete"));
    }

    /** What is in one of them, and why no site can have that. */
    Seen look(Lineage lineage) {
        try {
            return new Seen(Optional.of(lineage.brought(clock.instant()).certificate()), Optional.empty());
        } catch (InvalidInput refused) {
            return new Seen(lineage.certificate(), Optional.of(refused.problem()));
        }
    }

    /** The one that suits each site best, by the site's canonical name: for most of its names, then its own, then living longest. */
    Map<String, Candidate> best(List<Lineage> lineages, NamedSites sites) {
        var better = BinaryOperator.maxBy(Comparator.comparing(Candidate::covered)
                .thenComparing(Candidate::named)
                .thenComparing(some -> some.certificate().notAfter()));
        var best = new TreeMap<String, Candidate>();
        for (var lineage : lineages) {
            var seen = look(lineage);
            seen.certificate()
                    .filter(any -> seen.problem().isEmpty())
                    .ifPresent(certificate -> sites.of(certificate)
                            .forEach((site, names) -> best.merge(
                                    site,
                                    new Candidate(
                                            lineage,
                                            certificate,
                                            names.size(),
                                            certificate.names().contains(site),
                                            names.get(0).fingerprint().isEmpty()),
                                    better)));
        }
        return best;
    }
}
