package org.berth.sites;

import java.util.Locale;
import java.util.Set;
import org.berth.platform.Conflict;
import org.berth.platform.Problem;

/** Where a site stands in its life; says what is true on the host, not what is wished (a running job says that). */
public enum SiteState {
    /** Being made; visitors see nothing yet. */
    CREATING,
    /** Answers. */
    ACTIVE,
    /** Visitors see a page that says so; files and database are untouched. */
    SUSPENDED,
    /** Offline, but everything is kept until the days of grace are over. */
    DELETED,
    /** Being removed for good. */
    REMOVING,
    /** Gone; its names are free, its id and Linux user are never used again. */
    REMOVED;

    private Set<SiteState> next() {
        return switch (this) {
            case CREATING -> Set.of(ACTIVE, REMOVED);
            case ACTIVE -> Set.of(SUSPENDED, DELETED);
            case SUSPENDED -> Set.of(ACTIVE, DELETED);
            case DELETED -> Set.of(ACTIVE, SUSPENDED, REMOVING);
            case REMOVING -> Set.of(REMOVED);
            case REMOVED -> Set.of();
        };
    }

    /** Whether a site may go from here to there. */
    public boolean leadsTo(SiteState target) {
        return next().contains(target);
    }

    /** The target, or the reason why not. */
    public SiteState to(SiteState target) {
        if (!leadsTo(target)) {
            throw new Conflict(Problem.of("site-state-forbids", text(), target.text()));
        }
        return target;
    }

    /** As interfaces write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
