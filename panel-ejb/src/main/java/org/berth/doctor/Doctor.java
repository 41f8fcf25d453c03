package org.berth.doctor;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.berth.audit.Audited;
import org.berth.host.Host;
import org.berth.host.VerbCall;
import org.berth.jobs.JobView;
import org.berth.jobs.Jobs;
import org.berth.platform.Conflict;
import org.berth.platform.DomainName;
import org.berth.platform.NotFound;
import org.berth.platform.Problem;
import org.berth.security.Actor;
import org.berth.security.Permission;
import org.berth.sites.SitePart;
import org.berth.sites.SiteRecord;
import org.berth.sites.SiteRepair;
import org.berth.sites.SiteState;

/** Examines Berth and its host, and mends what can be mended without a risk; for administrators. */
@Stateless
public class Doctor {

    private static final Logger LOG = Logger.getLogger(Doctor.class.getName());

    /** More than passes between asking for the time and for the jobs. */
    private static final Duration MOMENT = Duration.ofMinutes(1);

    @Inject
    private Host host;

    @Inject
    private SiteRepair sites;

    @Inject
    private Jobs jobs;

    @Inject
    private Clock clock;

    /** Holds every site against the host; changes nothing. */
    public Report examine(Actor actor) {
        actor.require(Permission.on("doctor", "read"));
        return examination();
    }

    /**
     * Starts a job for each site of which something can be mended.
     *
     * @param only number or name of the site that is meant; empty for all, as far as they can go on as before
     */
    @Audited("doctor:repair")
    public List<JobView> repair(Actor actor, Optional<String> only) {
        actor.require(Permission.on("doctor", "repair"));
        var bySite = new LinkedHashMap<Long, List<Finding>>();
        only.ifPresent(this::requireKnown);
        examination().findings().stream()
                .filter(finding -> only.isEmpty() ? finding.isRepairable() : finding.isMendable())
                .filter(finding -> only.isEmpty() || isAbout(only.get(), finding.site(), finding.name()))
                .forEach(finding -> bySite.computeIfAbsent(finding.site(), any -> new ArrayList<>())
                        .add(finding));
        var started = new ArrayList<JobView>();
        bySite.forEach((site, findings) -> mend(actor, site, findings).ifPresent(started::add));
        return started;
    }

    private void requireKnown(String site) {
        if (sites.records().stream().noneMatch(known -> isAbout(site, known.id(), known.name()))) {
            throw new NotFound(Problem.of("site-unknown", site));
        }
    }

    private static boolean isAbout(String meant, long site, String name) {
        return meant.equals(String.valueOf(site))
                || DomainName.asciiOrSame(meant).equals(name);
    }

    private Optional<JobView> mend(Actor actor, long site, List<Finding> findings) {
        var parts = EnumSet.noneOf(SitePart.class);
        findings.forEach(finding -> parts.addAll(finding.parts()));
        try {
            return switch (findings.get(0).remedy()) {
                case REPAIR, REPAIR_ASKED -> Optional.of(sites.repair(actor, site, parts));
                case CLEAN -> Optional.of(sites.clean(actor, site, parts));
                case RETRY -> Optional.of(sites.retry(actor, site));
                case NONE -> Optional.empty();
            };
        } catch (Conflict meanwhile) {
            LOG.log(Level.INFO, "site " + site + " is not mended now", meanwhile);
            return Optional.empty();
        }
    }

    private Report examination() {
        var begin = clock.instant();
        var inventory = Inventory.read(read("host-inventory"), read("disk-use"));
        // In this order: a job that changed the rows or the host since the beginning is seen afterwards.
        var records = records();
        // A job that ended later than now did so before the clock was set back.
        var working = jobs.sitesWorkedOn(begin, clock.instant().plus(MOMENT));
        var findings = new ArrayList<Finding>();
        var busy = new TreeMap<Long, String>();
        about(inventory, findings);
        for (var site : records.values()) {
            if (working.contains(site.id())) {
                busy.put(site.id(), site.name());
            } else {
                findings.addAll(SiteExaminer.examine(site, inventory, record -> sites.isRetryable(record.id())));
            }
        }
        inventory.things().forEach((number, things) -> {
            if (!records.containsKey(number) && !working.contains(number)) {
                findings.add(SiteExaminer.unknown(number, things));
            }
        });
        var examined = records.values().stream()
                .filter(site -> site.state() != SiteState.REMOVED && !busy.containsKey(site.id()))
                .count();
        return new Report(begin, examined, findings, busy);
    }

    private JsonObject read(String verb) {
        return host.call(VerbCall.read(verb)).result();
    }

    /** What is about no site. */
    private void about(Inventory inventory, List<Finding> findings) {
        if (!inventory.databases()) {
            findings.add(Finding.forAPerson(0, "", Problem.of("doctor-databases"), Set.of()));
        }
        for (var job : jobs.abandoned()) {
            var problem = Problem.of("doctor-job", job.id(), job.targetName());
            findings.add(Finding.forAPerson(job.siteId().orElse(0L), job.targetName(), problem, Set.of()));
        }
    }

    private Map<Long, SiteRecord> records() {
        var records = new TreeMap<Long, SiteRecord>();
        sites.records().forEach(site -> records.put(site.id(), site));
        return records;
    }
}
