package org.berth.sites;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.berth.databases.SiteDatabases;
import org.berth.host.VerbResult;
import org.berth.jobs.JobFacts;
import org.berth.jobs.SiteFence;
import org.berth.platform.Conflict;
import org.berth.platform.DomainName;
import org.berth.platform.Problem;
import org.berth.settings.Plans;

/**
 * What the recipes of sites read from the rows before a step and write into them after it. Takes part in the transaction
 * of the job when there is one.
 */
@Stateless
public class SiteLife {

    private static final String CERTIFICATE = "certificate";

    @Inject
    private SiteRegister sites;

    @Inject
    private NameRegistry registry;

    @Inject
    private SiteDatabases databases;

    @Inject
    private Plans plans;

    @Inject
    private SiteFence fence;

    @Inject
    private ServedCertificates certificates;

    @Inject
    private Clock clock;

    /** What its user may have on disk, and since when it has its number. */
    public Map<String, ?> user(JobFacts job) {
        var plan = plans.of(sites.get(job.site()).planId());
        return Map.of("diskMiB", plan.diskMiB(), "files", plan.files(), "born", fence.born(job.site()));
    }

    public Map<String, ?> files(JobFacts job) {
        var name = sites.get(job.site()).name();
        return Map.of("name", name.ascii(), "shown", name.unicode());
    }

    public Map<String, ?> php(JobFacts job) {
        var site = sites.get(job.site());
        var plan = plans.of(site.planId());
        return Map.of(
                "version",
                SiteInput.phpVersion(job.input())
                        .or(site::phpVersion)
                        .orElseThrow()
                        .toString(),
                "memoryMiB",
                plan.memoryMiB(),
                "cpuPercent",
                plan.cpuPercent(),
                "tasks",
                plan.tasks(),
                "ioWeight",
                plan.ioWeight(),
                "maxChildren",
                plan.phpChildren());
    }

    public Map<String, ?> database(JobFacts job) {
        return Map.of("password", databases.password(job.site()).orElseThrow());
    }

    public Map<String, ?> vhost(JobFacts job) {
        var site = sites.get(job.site());
        return vhost(site, wished(job, site), site.tls());
    }

    /** The same with another way to HTTPS. */
    public Map<String, ?> tls(JobFacts job) {
        var site = sites.get(job.site());
        return vhost(site, sites.names(site), SiteInput.tls(job.input()).orElseThrow());
    }

    /** Which key of a certificate that was ordered is still of use. */
    public Map<String, ?> keys(JobFacts job) {
        return Optional.ofNullable(certificates.ordered().get(job.site()))
                .map(number -> Map.of("keep", number))
                .orElse(Map.of());
    }

    /** The host may have lost what the rows say that visitors get over TLS. */
    public void shown(JobFacts job, VerbResult answer) {
        Optional.ofNullable(answer.result().getJsonNumber(CERTIFICATE))
                .ifPresent(number -> certificates.shown(job.site(), number.intValue()));
    }

    /** How the host is told about the state that a site is in. */
    public Map<String, ?> state(JobFacts job) {
        return Map.of(
                "state",
                switch (sites.get(job.site()).state()) {
                    case SUSPENDED -> "suspended";
                    case DELETED -> "deleted";
                    default -> "live";
                });
    }

    /** How the host is told about the state that a deleted site goes back to. */
    public String stateOnceRestored(JobFacts job) {
        return sites.get(job.site()).stateOnceRestored() == SiteState.SUSPENDED ? "suspended" : "live";
    }

    public void created(JobFacts job) {
        sites.locked(job.site()).created();
    }

    /** Nothing of it is left on the host. */
    public void removed(JobFacts job) {
        var site = sites.locked(job.site());
        site.removed();
        databases.forget(site.id());
        registry.release(site.id());
    }

    public void phpSwitched(JobFacts job) {
        SiteInput.phpVersion(job.input()).ifPresent(sites.locked(job.site())::runs);
    }

    public void namesPublished(JobFacts job) {
        var site = sites.locked(job.site());
        var names = wished(job, site);
        registry.lock();
        registry.settle(names, site.id());
        site.answersTo(names);
    }

    public void ledToHttps(JobFacts job) {
        SiteInput.tls(job.input()).ifPresent(sites.locked(job.site())::leadsToHttps);
    }

    public void changeGivenUp(JobFacts job) {
        registry.lock();
        registry.unreserve(job.site());
    }

    /** Holds the names again that the change needs; somebody may have taken them meanwhile. */
    public void changeTakenUpAgain(JobFacts job) {
        var site = sites.locked(job.site());
        requireState(site, SiteState.ACTIVE);
        SiteInput.names(site.name(), job.input()).ifPresent(names -> {
            registry.lock();
            registry.reserve(names, site.id(), site.ownerId(), job.actor().isAdministrator());
        });
    }

    public void suspended(JobFacts job) {
        sites.locked(job.site())
                .suspended(SiteInput.reason(job.input()), job.actor().isAdministrator());
    }

    public void resumed(JobFacts job) {
        sites.locked(job.site()).resumed();
    }

    public void deleted(JobFacts job) {
        sites.locked(job.site()).deleted(clock.instant());
    }

    public void restored(JobFacts job) {
        sites.locked(job.site()).restored();
    }

    /** Refuses unless the site may still go there. */
    public void requireLeadsTo(JobFacts job, SiteState target) {
        sites.locked(job.site()).state().to(target);
    }

    /** Refuses to make again what belongs to nobody any more. */
    public void requireLiving(JobFacts job) {
        RepairRecipe.requireLiving(sites.locked(job.site()));
    }

    private static void requireState(Site site, SiteState state) {
        if (site.state() != state) {
            throw new Conflict(Problem.of("site-not-in-state", site.state().text(), state.text()));
        }
    }

    private Map<String, ?> vhost(Site site, SiteNames names, TlsSettings tls) {
        var args = new LinkedHashMap<String, Object>(tls.args());
        certificates.number(site.id()).ifPresent(number -> args.put(CERTIFICATE, number));
        args.put("type", site.type().text());
        args.put("canonical", names.canonical().ascii());
        args.put("serve", names.served().stream().map(DomainName::ascii).toList());
        args.put("redirect", names.redirected().stream().map(DomainName::ascii).toList());
        return args;
    }

    private SiteNames wished(JobFacts job, Site site) {
        return SiteInput.names(site.name(), job.input()).orElseGet(() -> sites.names(site));
    }
}
