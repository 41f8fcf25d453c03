package org.berth.certificates;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.berth.jobs.Jobs;
import org.berth.platform.Conflict;
import org.berth.platform.DomainName;
import org.berth.platform.HostIdentity;
import org.berth.platform.NotFound;
import org.berth.platform.Problem;
import org.berth.security.Actor;
import org.berth.sites.Hsts;
import org.berth.sites.SiteName;
import org.berth.sites.SiteState;
import org.berth.sites.SiteView;
import org.berth.sites.Sites;

/** Finds those who have certificates. */
@Dependent
class Holders {

    /** How the panel is called; no site is, as the names of sites have a dot. */
    private static final String PANEL = "panel";

    @Inject
    private Sites sites;

    @Inject
    private Jobs jobs;

    @Inject
    private HostIdentity host;

    /**
     * A site by id or canonical name, or the panel.
     *
     * @throws NotFound when there is none that the actor may know of; the panel is the administrators' alone
     */
    Holder find(Actor actor, String reference) {
        return reference.equals(PANEL) && actor.isAdministrator() ? panel() : site(actor, reference);
    }

    /**
     * The same without the panel.
     *
     * @throws Conflict when an administrator means the panel
     */
    Holder site(Actor actor, String reference) {
        if (reference.equals(PANEL) && actor.isAdministrator()) {
            throw new Conflict(Problem.of("certificate-not-of-panel"));
        }
        return of(sites.find(actor, reference));
    }

    /** What {@link #find} finds it by. */
    static String reference(long id) {
        return id == Holder.PANEL ? PANEL : String.valueOf(id);
    }

    private Holder panel() {
        var name = host.name();
        var unorderable = DomainName.isOne(name)
                ? Optional.<Problem>empty()
                : Optional.of(Problem.of("panel-without-name", name));
        return new Holder(
                Holder.PANEL,
                name,
                0,
                List.of(name),
                Hsts.OFF,
                Optional.empty(),
                unorderable,
                jobs.active(Holder.PANEL));
    }

    private static Holder of(SiteView site) {
        return new Holder(
                site.id(),
                site.name(),
                site.ownerId(),
                site.names().stream().map(SiteName::ascii).toList(),
                site.tls().hsts(),
                hindrance(site),
                Optional.empty(),
                site.activeJob());
    }

    private static Optional<Problem> hindrance(SiteView site) {
        return site.damage()
                .or(() -> CertificateSearch.LIVING.contains(site.state())
                        ? Optional.empty()
                        : Optional.of(
                                Problem.of("site-not-in-state", site.state().text(), SiteState.ACTIVE.text())));
    }
}
