package org.berth.sites;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.berth.audit.AuditTarget;
import org.berth.audit.Audited;
import org.berth.databases.SiteDatabases;
import org.berth.jobs.JobQueue;
import org.berth.jobs.JobRequest;
import org.berth.jobs.JobView;
import org.berth.platform.Conflict;
import org.berth.platform.Denied;
import org.berth.platform.InvalidInput;
import org.berth.platform.NotFound;
import org.berth.platform.Page;
import org.berth.platform.PageRequest;
import org.berth.platform.Problem;
import org.berth.security.Actor;

/**
 * Sites, for every interface. A site is named by its id or by its canonical name; somebody else's site answers like one
 * that does not exist. What changes a site starts a job and returns it at once.
 */
@Stateless
public class Sites {

    private static final int LONGEST_REASON = 500;

    @Inject
    private SiteRegister register;

    @Inject
    private SiteCreation creation;

    @Inject
    private SiteUpdate updates;

    @Inject
    private NameChecks checks;

    @Inject
    private SiteSearch search;

    @Inject
    private SiteViews views;

    @Inject
    private SitePreviews previews;

    @Inject
    private SiteDatabases databases;

    @Inject
    private JobQueue queue;

    /** Makes a site. */
    @Audited("site:create")
    public JobView create(Actor actor, SiteDraft draft) {
        return creation.create(actor, draft);
    }

    /** Whether a name could be taken by a site of this actor. */
    public NameCheck checkName(Actor actor, String name) {
        return checks.name(actor, name);
    }

    /**
     * Whether a new site could have these aliases, each judged by itself.
     *
     * @param name the site's own name as typed
     * @param www one of {@link WwwChoice} as text, empty for the usual
     */
    public List<NameCheck> checkAliases(Actor actor, String name, String www, List<String> aliases) {
        return checks.aliases(actor, name, www, aliases);
    }

    /** The same for a site that there is; a name that it has already is free for it. */
    public List<NameCheck> checkAliasesOf(Actor actor, String idOrName, String www, List<String> aliases) {
        return checks.aliases(actor, register.visible(actor, idOrName), www, aliases);
    }

    /**
     * Sites the actor may see, but none that is gone unless the filter asks for them. Sortable by id, name, type, state,
     * owner, createdAt, phpVersion; filters: state, type, owner (login), disk
     * ({@code over}: more than its limit).
     */
    public Page<SiteRow> list(Actor actor, PageRequest page) {
        return search.page(actor, page);
    }

    /** How many sites the actor may see in each state; states without a site are left out, and those that are gone. */
    public Map<SiteState, Long> counts(Actor actor) {
        return search.counts(actor);
    }

    /** Those of these sites that the actor could look at: not gone, and theirs. */
    public Set<Long> there(Actor actor, Collection<Long> ids) {
        return search.there(actor, ids);
    }

    /** One site with everything about it. */
    public SiteView find(Actor actor, String idOrName) {
        return views.full(actor, register.visible(actor, idOrName));
    }

    /** Changes PHP version, www, aliases or the way to HTTPS. */
    @Audited("site:update")
    public JobView update(Actor actor, @AuditTarget String idOrName, SiteChange change) {
        return updates.update(actor, register.forAction(actor, idOrName, "update"), change);
    }

    /** Shows visitors a page that says the site is suspended. */
    @Audited("site:suspend")
    public JobView suspend(Actor actor, @AuditTarget String idOrName, String reason) {
        var site = idle(actor, idOrName, "suspend");
        var text = reason.strip();
        if (text.isEmpty() || text.length() > LONGEST_REASON) {
            throw new InvalidInput(
                    Problem.of("suspend-reason", text.length(), LONGEST_REASON).at("reason"));
        }
        return go(actor, site, "suspend", SiteState.SUSPENDED, SiteInput.suspend(text));
    }

    /** Ends a suspension; one by an administrator only an administrator ends. */
    @Audited("site:resume")
    public JobView resume(Actor actor, @AuditTarget String idOrName) {
        var site = idle(actor, idOrName, "resume");
        if (site.state() != SiteState.SUSPENDED) {
            throw new Conflict(Problem.of("site-not-in-state", site.state().text(), SiteState.SUSPENDED.text()));
        }
        if (site.isSuspendedByAdministrator() && !actor.isAdministrator()) {
            throw new Denied(Problem.of("site-suspended-by-administrator", site.storedName()));
        }
        return go(actor, site, "resume", SiteState.ACTIVE, JsonObject.EMPTY_JSON_OBJECT);
    }

    /** Takes a site offline at once and keeps it for the days of grace. */
    @Audited("site:delete")
    public JobView delete(Actor actor, @AuditTarget String idOrName) {
        var site = idle(actor, idOrName, "delete");
        return go(actor, site, "delete", SiteState.DELETED, JsonObject.EMPTY_JSON_OBJECT);
    }

    /** Brings a deleted site back as it was. */
    @Audited("site:restore")
    public JobView restore(Actor actor, @AuditTarget String idOrName) {
        var site = idle(actor, idOrName, "restore");
        if (site.state() != SiteState.DELETED) {
            throw new Conflict(Problem.of("site-not-in-state", site.state().text(), SiteState.DELETED.text()));
        }
        return go(actor, site, "restore", site.stateOnceRestored(), JsonObject.EMPTY_JSON_OBJECT);
    }

    /** Removes a deleted site for good, now; administrators only. */
    @Audited("site:purge")
    public JobView purge(Actor actor, @AuditTarget String idOrName) {
        var site = idle(actor, idOrName, "purge");
        var input = SiteInput.purge(site.type(), databases.of(site.id()).isPresent());
        var job = go(actor, site, "purge", SiteState.REMOVING, input);
        site.removing();
        return job;
    }

    /** A link that shows the site before its names lead here. */
    @Audited("site:preview")
    public PreviewLink preview(Actor actor, @AuditTarget String idOrName) {
        return previews.open(register.forAction(actor, idOrName, "preview"));
    }

    /** The host name that a preview token shows; asked by the front, which has no actor. */
    public Optional<String> previewHost(String token) {
        return previews.host(token);
    }

    /** The password of the site's database. */
    @Audited("site:read-database-password")
    public String databasePassword(Actor actor, @AuditTarget String idOrName) {
        var site = register.forAction(actor, idOrName, "update");
        return databases.password(site.id()).orElseThrow(() -> new NotFound(Problem.of("site-no-database", idOrName)));
    }

    /** That another job works on it is said before its state is looked at, which is about to change. */
    private Site idle(Actor actor, String idOrName, String action) {
        var site = register.forAction(actor, idOrName, action);
        queue.requireIdle(site.id());
        return site;
    }

    private JobView go(Actor actor, Site site, String action, SiteState target, JsonObject input) {
        var request = new JobRequest(
                "site-" + action, Optional.of(site.id()), site.ownerId(), site.storedName(), input, Optional.empty());
        site.state().to(target);
        return queue.submit(actor, request);
    }
}
