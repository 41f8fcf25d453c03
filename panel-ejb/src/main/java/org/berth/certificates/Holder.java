package org.berth.certificates;

import java.util.List;
import java.util.Optional;
import org.berth.jobs.JobView;
import org.berth.platform.Problem;
import org.berth.security.Permission;
import org.berth.sites.Hsts;

/**
 * Whoever has certificates: a site, or the panel itself, which counts as number 0 among the sites, since no site has it.
 *
 * @param name canonical name, ASCII form; of the panel an address if it was given no name
 * @param ownerId account whose it is, 0 for the panel
 * @param names every name that it answers to, the canonical one first
 * @param hsts how long browsers were told to keep to HTTPS; the panel tells them nothing
 * @param hindrance why nothing of it can be changed now
 * @param unorderable why no authority could certify it, whatever is tried
 * @param activeJob the job that works on it now
 */
record Holder(
        long id,
        String name,
        long ownerId,
        List<String> names,
        Hsts hsts,
        Optional<Problem> hindrance,
        Optional<Problem> unorderable,
        Optional<JobView> activeJob) {

    /** Number of the panel. */
    static final long PANEL = 0;

    Holder {
        names = List.copyOf(names);
    }

    boolean isPanel() {
        return id == PANEL;
    }

    /** To do something with its certificates. */
    Permission permission(String action) {
        return Permission.on("certificate", action, ownerId, id);
    }
}
