package org.berth.sites;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;
import org.berth.jobs.JobQueue;
import org.berth.jobs.JobRequest;
import org.berth.jobs.JobView;
import org.berth.platform.Conflict;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;
import org.berth.security.Actor;
import org.berth.services.HostFacts;

/** Accepts changes of a site: names are held before the job is written. */
@Dependent
class SiteUpdate {

    @Inject
    private SiteRegister register;

    @Inject
    private NameRegistry registry;

    @Inject
    private PhpChoice php;

    @Inject
    private TlsRules rules;

    @Inject
    private HostFacts host;

    @Inject
    private JobQueue queue;

    JobView update(Actor actor, Site site, SiteChange change) {
        queue.requireIdle(site.id());
        if (site.state() != SiteState.ACTIVE) {
            throw new Conflict(Problem.of("site-not-in-state", site.state().text(), SiteState.ACTIVE.text()));
        }
        var version = version(site, change);
        var names = names(site, change);
        var current = register.names(site);
        var tls = rules.wished(site.id(), names.orElse(current), site.tls(), change.tls());
        if (tls.isPresent()
                && tls.get().http3()
                && !site.tls().http3()
                && !host.now().http3()) {
            throw new Conflict(Problem.of("http3-missing").at("http3"));
        }
        if (version.isEmpty() && names.isEmpty() && tls.isEmpty()) {
            throw new Conflict(Problem.of("site-unchanged", site.name().unicode()));
        }
        names.ifPresent(wished -> {
            rules.requireCovered(
                    site.id(),
                    current,
                    wished,
                    tls.orElse(site.tls()),
                    change.tls().confirmed());
            registry.lock();
            registry.reserve(wished, site.id(), site.ownerId(), actor.isAdministrator());
        });
        return queue.submit(
                actor,
                new JobRequest(
                        "site-update",
                        Optional.of(site.id()),
                        site.ownerId(),
                        site.storedName(),
                        SiteInput.update(version, names, tls),
                        Optional.empty()));
    }

    private Optional<PhpVersion> version(Site site, SiteChange change) {
        if (change.phpVersion().isPresent() && site.type() != SiteType.PHP) {
            throw new InvalidInput(
                    Problem.of("php-for-static", change.phpVersion().get()).at("phpVersion"));
        }
        return change.phpVersion()
                .map(php::existing)
                .filter(version -> !Optional.of(version).equals(site.phpVersion()));
    }

    private Optional<SiteNames> names(Site site, SiteChange change) {
        var current = register.names(site);
        var wished = new SiteNames(
                site.name(),
                change.www().orElse(current.www()),
                change.aliases().map(SiteNames::aliases).orElse(current.aliases()));
        return Optional.of(wished)
                .filter(names -> !names.taken().equals(current.taken()) || names.www() != current.www());
    }
}
