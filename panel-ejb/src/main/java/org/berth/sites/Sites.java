package org.berth.sites;

import jakarta.ejb.Stateless;
import java.util.Optional;
import org.berth.jobs.JobView;
import org.berth.platform.Page;
import org.berth.platform.PageRequest;
import org.berth.security.Actor;

/**
 * Sites, for every interface. A site is named by its id or by its canonical name; somebody else's site answers like one
 * that does not exist. What changes a site starts a job and returns it at once.
 */
@Stateless
public class Sites {

    /** Makes a site. */
    public JobView create(Actor actor, SiteDraft draft) {
        throw new UnsupportedOperationException();
    }

    /** Whether a name could be taken by a site of this actor. */
    public NameCheck checkName(Actor actor, String name) {
        throw new UnsupportedOperationException();
    }

    /** Sites the actor may see; sortable by name, state, type, owner, created; filters: state, type, owner (login). */
    public Page<SiteRow> list(Actor actor, PageRequest page) {
        throw new UnsupportedOperationException();
    }

    /** One site with everything about it. */
    public SiteView find(Actor actor, String idOrName) {
        throw new UnsupportedOperationException();
    }

    /** Changes PHP version, www or aliases. */
    public JobView update(Actor actor, String idOrName, SiteChange change) {
        throw new UnsupportedOperationException();
    }

    /** Shows visitors a page that says the site is suspended. */
    public JobView suspend(Actor actor, String idOrName, String reason) {
        throw new UnsupportedOperationException();
    }

    /** Ends a suspension. */
    public JobView resume(Actor actor, String idOrName) {
        throw new UnsupportedOperationException();
    }

    /** Takes a site offline at once and keeps it for the days of grace. */
    public JobView delete(Actor actor, String idOrName) {
        throw new UnsupportedOperationException();
    }

    /** Brings a deleted site back as it was. */
    public JobView restore(Actor actor, String idOrName) {
        throw new UnsupportedOperationException();
    }

    /** Removes a deleted site for good, now; administrators only. */
    public JobView purge(Actor actor, String idOrName) {
        throw new UnsupportedOperationException();
    }

    /** A link that shows the site before its names lead here. */
    public PreviewLink preview(Actor actor, String idOrName) {
        throw new UnsupportedOperationException();
    }

    /** The host name that a preview token shows; asked by the front, which has no actor. */
    public Optional<String> previewHost(String token) {
        throw new UnsupportedOperationException();
    }

    /** The password of the site's database. */
    public String databasePassword(Actor actor, String idOrName) {
        throw new UnsupportedOperationException();
    }
}
