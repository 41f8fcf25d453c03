package org.berth.sites;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.berth.databases.SiteDatabases;
import org.berth.jobs.JobFacts;
import org.berth.jobs.JobQueue;
import org.berth.jobs.JobRequest;
import org.berth.jobs.JobView;
import org.berth.jobs.Jobs;
import org.berth.platform.Conflict;
import org.berth.platform.DomainName;
import org.berth.platform.PageRequest;
import org.berth.platform.Problem;
import org.berth.platform.TooManyAttempts;
import org.berth.security.Actor;
import org.berth.security.Permission;
import org.berth.settings.Plans;

/** Accepts new sites: everything is checked and every name taken before the job is written. */
@Dependent
class SiteCreation {

    /** The host derives user ids from the numbers of sites and has room for no more. */
    private static final long LAST_NUMBER = 29_999;

    /** So many sites may one owner begin within a day: numbers are never given again, and must last for all. */
    private static final int MOST_A_DAY = 100;

    private static final Duration DAY = Duration.ofDays(1);

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private SiteOwners owners;

    @Inject
    private PhpChoice php;

    @Inject
    private NameRegistry registry;

    @Inject
    private SiteDatabases databases;

    @Inject
    private Plans plans;

    @Inject
    private SiteSearch search;

    @Inject
    private JobQueue queue;

    @Inject
    private Jobs jobs;

    @Inject
    private Clock clock;

    JobView create(Actor actor, SiteDraft draft) {
        actor.require(Permission.on("site", "create"));
        var name = DomainName.of(draft.name());
        var names = new SiteNames(
                name, draft.www().orElseGet(() -> SiteNames.usualWww(name)), SiteNames.aliases(draft.aliases()));
        var owner = owners.of(actor, draft.owner());
        var version = php.of(draft.type(), draft.phpVersion());
        var input = SiteInput.create(draft, names, owner, version);

        // Also makes two requests with the same key wait for each other.
        registry.lock();
        var earlier = draft.idempotencyKey().flatMap(key -> queue.earlier(actor, key));
        if (earlier.isPresent()) {
            return again(actor, earlier.get(), input);
        }
        // Before a number of a site is used up.
        queue.requireRoom(actor);
        requireSpace(actor);
        requireNumbers(actor);
        names.taken()
                .forEach((taken, kind) -> registry.objection(taken, 0, owner, actor.isAdministrator())
                        .ifPresent(problem -> {
                            throw new Conflict(problem.at(kind == NameKind.ALIAS ? "aliases" : "name"));
                        }));
        var site = stored(new Site(names, draft.type(), owner, plans.usual().id(), version, clock.instant()));
        registry.take(names.taken(), site.id(), owner, actor.isAdministrator());
        if (draft.database()) {
            databases.plan(site.id());
        }
        return queue.submit(
                actor,
                new JobRequest(
                        "site-create", Optional.of(site.id()), owner, name.ascii(), input, draft.idempotencyKey()));
    }

    /** Who has more on disk than agreed, which the kernel prevents only where it counts, gets no more. */
    private void requireSpace(Actor actor) {
        if (!actor.isAdministrator()) {
            var above = search.page(actor, new PageRequest(0, 1, "id", true, "", Map.of("disk", "over")));
            above.rows().stream().findFirst().ifPresent(site -> {
                throw new Conflict(Problem.of("site-above-limit", site.name()));
            });
        }
    }

    private void requireNumbers(Actor actor) {
        if (!actor.isAdministrator()) {
            var now = clock.instant();
            var begun = entities.createQuery(
                            "select s.createdAt from Site s where s.ownerId = :owner and s.createdAt > :since"
                                    + " order by s.createdAt",
                            Instant.class)
                    .setParameter("owner", actor.accountId())
                    .setParameter("since", now.minus(DAY))
                    .getResultList();
            if (begun.size() >= MOST_A_DAY) {
                var wait = Duration.between(now.minus(DAY), begun.get(begun.size() - MOST_A_DAY));
                throw new TooManyAttempts(Problem.of(
                        "sites-too-many",
                        wait.toSeconds() + 1,
                        MOST_A_DAY,
                        Math.max(1, wait.plusMinutes(59).toHours())));
            }
        }
    }

    private Site stored(Site site) {
        entities.persist(site);
        entities.flush();
        if (site.id() > LAST_NUMBER) {
            throw new Conflict(Problem.of("site-numbers-used-up", LAST_NUMBER));
        }
        return site;
    }

    private JobView again(Actor actor, JobFacts earlier, JsonObject input) {
        if (!earlier.input().equals(input)) {
            throw new Conflict(
                    Problem.of("idempotency-key-reused", earlier.id()).at("idempotencyKey"));
        }
        return jobs.find(actor, earlier.id());
    }
}
