package org.berth.certificates;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.berth.audit.AuditTarget;
import org.berth.audit.Audited;
import org.berth.jobs.JobView;
import org.berth.platform.BerthException;
import org.berth.platform.Conflict;
import org.berth.platform.InvalidInput;
import org.berth.platform.NotFound;
import org.berth.platform.Problem;
import org.berth.security.Actor;
import org.berth.security.Permission;

/**
 * Certificates that certbot and acme.sh keep on this host, for administrators, since they are root's. A site that takes one
 * over has a copy: whatever renews it there changes nothing here. When its time comes, the clock gets the next one of the
 * authority that the site had before, or that sites get theirs from by themselves; without one it is told before its end.
 */
@Stateless
public class FoundCertificates {

    private static final Logger LOG = Logger.getLogger(FoundCertificates.class.getName());

    @Inject
    private Holders holders;

    @Inject
    private Lineages lineages;

    @Inject
    private CertificateRows rows;

    @Inject
    private CertificateJobs jobs;

    @Inject
    private CertificateImport imports;

    /** What there is, each with the sites that it is for. */
    public FoundReport list(Actor actor) {
        actor.require(Permission.on("certificate", "find"));
        var found = lineages.find();
        var named = new NamedSites(rows.names());
        return new FoundReport(
                found.lineages().stream().map(some -> view(some, named)).toList(), found.complete());
    }

    /**
     * Has visitors of a site get one of them.
     *
     * @param folder where it is; the usual is the one that suits the site best
     * @param confirmed whether it is wanted though browsers may warn visitors, or lock them out
     * @throws InvalidInput when the site cannot have it
     */
    @Audited("certificate:import")
    public JobView take(Actor actor, @AuditTarget String site, Optional<String> folder, boolean confirmed) {
        var found = holders.site(actor, site);
        actor.require(CertificateImport.permission());
        var all = lineages.find().lineages();
        var lineage = folder.map(wanted -> all.stream()
                        .filter(some -> some.folder().equals(wanted))
                        .findFirst()
                        .orElseThrow(() -> new NotFound(
                                Problem.of("lineage-unknown", wanted).at(Lineage.FIELD))))
                .or(() -> Optional.ofNullable(
                                lineages.best(all, new NamedSites(rows.names())).get(found.name()))
                        .map(Lineages.Candidate::lineage))
                .orElseThrow(() -> new Conflict(Problem.of("lineage-none", found.name())));
        return jobs.takeOver(actor, found, lineage, confirmed);
    }

    /**
     * Has every site that signed its own get the one that suits it best. Where another job works it is left to the next
     * attempt; where it would lock visitors out, to {@link #take}.
     */
    @Audited("certificate:import-all")
    public List<JobView> takeAll(Actor actor) {
        actor.require(CertificateImport.permission());
        var started = new ArrayList<JobView>();
        lineages.best(lineages.find().lineages(), new NamedSites(rows.names())).forEach((site, best) -> {
            if (best.selfSigned()) {
                begin(actor, site, best.lineage()).ifPresent(started::add);
            }
        });
        return started;
    }

    private Optional<JobView> begin(Actor actor, String site, Lineage lineage) {
        try {
            return Optional.of(imports.take(actor, site, lineage));
        } catch (BerthException meanwhile) {
            LOG.log(Level.INFO, site + " takes over no certificate now", meanwhile);
            return Optional.empty();
        }
    }

    private FoundCertificate view(Lineage lineage, NamedSites named) {
        var seen = lineages.look(lineage);
        var certificate = seen.certificate();
        return new FoundCertificate(
                lineage.folder(),
                certificate.map(IssuedCertificate::names).orElse(List.of()),
                certificate.map(IssuedCertificate::issuer),
                certificate.map(IssuedCertificate::notAfter),
                certificate.map(IssuedCertificate::fingerprint),
                seen.problem(),
                certificate
                        .map(some -> named.of(some).values().stream()
                                .map(names -> names.get(0).site(some.fingerprint()))
                                .toList())
                        .orElse(List.of()));
    }
}
