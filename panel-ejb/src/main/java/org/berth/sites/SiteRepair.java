package org.berth.sites;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.berth.audit.AuditTarget;
import org.berth.audit.Audited;
import org.berth.databases.SiteDatabases;
import org.berth.jobs.JobQueue;
import org.berth.jobs.JobRequest;
import org.berth.jobs.JobView;
import org.berth.jobs.Jobs;
import org.berth.platform.Conflict;
import org.berth.platform.PageRequest;
import org.berth.platform.Problem;
import org.berth.security.Actor;
import org.berth.settings.PlanView;
import org.berth.settings.Plans;

/** Brings the host back to what the rows say, one site in a transaction of its own; for the component that finds what differs. */
@Stateless
public class SiteRepair {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private SiteRegister register;

    @Inject
    private SiteDatabases databases;

    @Inject
    private ServedCertificates certificates;

    @Inject
    private Plans plans;

    @Inject
    private JobQueue queue;

    @Inject
    private Jobs jobs;

    /** Every site there ever was. */
    public List<SiteRecord> records() {
        var names = names();
        var withDatabase = databases.sites();
        var numbers = certificates.numbers();
        var ordered = certificates.ordered();
        var plansById = new HashMap<Long, PlanView>();
        return entities.createQuery("select s from Site s order by s.id", Site.class)
                .setHint("eclipselink.read-only", true)
                .getResultStream()
                .map(site -> {
                    var plan = plansById.computeIfAbsent(site.planId(), plans::of);
                    var held = names.getOrDefault(site.id(), List.of());
                    return new SiteRecord(
                            site.id(),
                            site.storedName(),
                            site.type(),
                            site.state(),
                            site.phpVersion().map(PhpVersion::toString),
                            plan,
                            withDatabase.contains(site.id()),
                            answered(held),
                            site.tls().words(),
                            Optional.ofNullable(numbers.get(site.id())),
                            Optional.ofNullable(ordered.get(site.id())),
                            damage(site, held));
                })
                .toList();
    }

    /** Gives a site again what it should have; its files and its data are not touched. */
    @Audited("site:repair")
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public JobView repair(Actor actor, @AuditTarget long id, Set<SitePart> parts) {
        var site = register.forAction(actor, String.valueOf(id), "repair");
        RepairRecipe.requireLiving(site);
        return submit(actor, site, "repair", parts);
    }

    /** Removes what is left of a site that was removed. */
    @Audited("site:clean")
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public JobView clean(Actor actor, @AuditTarget long id, Set<SitePart> parts) {
        var site = register.forAction(actor, String.valueOf(id), "clean");
        if (site.state() != SiteState.REMOVED) {
            throw new Conflict(Problem.of("site-not-in-state", site.state().text(), SiteState.REMOVED.text()));
        }
        return submit(actor, site, "clean", parts);
    }

    /** Goes on with what stopped half-way. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public JobView retry(Actor actor, long id) {
        return jobs.retry(actor, lastJob(id).map(JobView::id).orElseThrow());
    }

    /** Whether there is something to go on with. */
    public boolean isRetryable(long id) {
        return lastJob(id).filter(JobView::retryable).isPresent();
    }

    private Optional<JobView> lastJob(long id) {
        var page = new PageRequest(0, 1, "", true, "", Map.of("site", String.valueOf(id)));
        return jobs.list(Actor.SYSTEM, page).rows().stream().findFirst();
    }

    private JobView submit(Actor actor, Site site, String action, Set<SitePart> parts) {
        return queue.submit(
                actor,
                new JobRequest(
                        "site-" + action,
                        Optional.of(site.id()),
                        site.ownerId(),
                        site.storedName(),
                        SiteInput.parts(site.type(), parts),
                        Optional.empty()));
    }

    private Map<Long, List<HostName>> names() {
        return entities.createQuery("select n from HostName n", HostName.class)
                .setHint("eclipselink.read-only", true)
                .getResultStream()
                .collect(Collectors.groupingBy(HostName::siteId));
    }

    private static Set<String> answered(List<HostName> held) {
        return held.stream()
                .filter(name -> name.kind() != NameKind.RESERVED)
                .map(HostName::stored)
                .collect(Collectors.toSet());
    }

    private static Optional<Problem> damage(Site site, List<HostName> held) {
        return site.state() == SiteState.REMOVED || SiteNames.stored(site, held).isPresent()
                ? Optional.empty()
                : Optional.of(site.damaged());
    }
}
