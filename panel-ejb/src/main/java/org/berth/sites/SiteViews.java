package org.berth.sites;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.berth.databases.SiteDatabases;
import org.berth.jobs.JobView;
import org.berth.jobs.Jobs;
import org.berth.platform.DomainName;
import org.berth.platform.PageRequest;
import org.berth.platform.Problem;
import org.berth.security.Actor;
import org.berth.services.HostFacts;
import org.berth.settings.PlanView;
import org.berth.settings.Plans;

/** Turns a site into everything that people get to see of it. */
@Dependent
class SiteViews {

    private static final int LAST_JOBS = 10;

    @Inject
    private SiteRegister register;

    @Inject
    private SiteSearch search;

    @Inject
    private SiteDatabases databases;

    @Inject
    private Plans plans;

    @Inject
    private SiteUses uses;

    @Inject
    private Jobs jobs;

    @Inject
    private DnsHints dns;

    @Inject
    private HostFacts host;

    SiteView full(Actor actor, Site site) {
        var names = isGone(site) ? Optional.<SiteNames>empty() : register.intactNames(site);
        var damaged = names.isEmpty() && !isGone(site);
        var lastJobs = lastJobs(actor, site);
        var plan = plans.of(site.planId());
        var user = "s_" + site.id();
        var home = "/srv/sites/" + user;
        return new SiteView(
                site.id(),
                site.storedName(),
                DomainName.shown(site.storedName()),
                (site.tls().forceHttps() ? "https://" : "http://")
                        + names.map(known -> known.canonical().ascii()).orElse(site.storedName()) + "/",
                site.type(),
                site.state(),
                site.ownerId(),
                search.login(site.ownerId()),
                site.phpVersion().map(PhpVersion::toString),
                site.www(),
                names.map(SiteViews::shown).orElseGet(() -> register.storedNames(site)),
                databases.of(site.id()),
                site.tls(),
                plan,
                disk(site, plan),
                site.suspendReason(),
                site.isSuspendedByAdministrator(),
                site.createdAt(),
                site.deletedAt(),
                site.purgeAt(),
                user,
                home,
                home + "/current/public",
                names.map(dns::of).orElse(List.of()),
                quarantine(actor, site),
                damaged ? Optional.of(site.damaged()) : Optional.empty(),
                activeJob(actor, lastJobs),
                lastJobs);
    }

    private DiskUse disk(Site site, PlanView plan) {
        var enforced = host.latest().filter(known -> known.quota().enforced()).isPresent();
        return DiskUse.of(plan, enforced, uses.of(site.id()));
    }

    /** Its names are free, and may be somebody else's by now. */
    private static boolean isGone(Site site) {
        return site.state() == SiteState.REMOVED;
    }

    /** The words of the web server may name other sites. */
    private Optional<Problem> quarantine(Actor actor, Site site) {
        return host.latest()
                .map(known -> known.quarantined().get(site.id()))
                .map(words -> Problem.of("site-quarantined", actor.isAdministrator() ? words : ""));
    }

    private List<JobView> lastJobs(Actor actor, Site site) {
        var page = new PageRequest(0, LAST_JOBS, "", true, "", Map.of("site", String.valueOf(site.id())));
        return jobs.list(actor, page).rows();
    }

    private Optional<JobView> activeJob(Actor actor, List<JobView> lastJobs) {
        return lastJobs.stream()
                .filter(job -> !job.state().isOver())
                .findFirst()
                .map(job -> jobs.find(actor, job.id()));
    }

    private static List<SiteName> shown(SiteNames names) {
        return names.taken().entrySet().stream()
                .map(taken ->
                        new SiteName(taken.getKey().ascii(), taken.getKey().unicode(), taken.getValue()))
                .toList();
    }
}
