package org.berth.sites;

import java.util.Optional;
import java.util.Set;
import org.berth.settings.PlanView;

/**
 * A site as the rows have it, for whoever holds it against the host.
 *
 * @param names every name that it answers to, in ASCII form; none once it is removed
 * @param database whether it has one
 */
public record SiteRecord(
        long id,
        String name,
        SiteType type,
        SiteState state,
        Optional<String> phpVersion,
        PlanView plan,
        boolean database,
        Set<String> names) {

    public SiteRecord {
        names = Set.copyOf(names);
    }
}
