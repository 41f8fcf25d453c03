package org.berth.sites;

import java.util.Optional;
import java.util.Set;
import org.berth.platform.Problem;
import org.berth.settings.PlanView;

/**
 * A site as the rows have it, for whoever holds it against the host.
 *
 * @param names every name that it answers to, in ASCII form; none once it is removed
 * @param database whether it has one
 * @param tls how it leads visitors to HTTPS, in the words of the host's inventory
 * @param certificate the host's number of the certificate that it answers with; empty for one that it signed itself
 * @param ordered the host's number of the one that is ordered, or could be gone on with, so that its key may be there
 * @param damage that its rows were changed by hand, so that its names tell nothing
 */
public record SiteRecord(
        long id,
        String name,
        SiteType type,
        SiteState state,
        Optional<String> phpVersion,
        PlanView plan,
        boolean database,
        Set<String> names,
        Set<String> tls,
        Optional<Integer> certificate,
        Optional<Integer> ordered,
        Optional<Problem> damage) {

    public SiteRecord {
        names = Set.copyOf(names);
        tls = Set.copyOf(tls);
    }
}
