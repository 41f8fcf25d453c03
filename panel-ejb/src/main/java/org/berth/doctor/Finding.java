package org.berth.doctor;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.berth.platform.Problem;
import org.berth.sites.SitePart;

/**
 * A difference between what Berth has written down and what the host has.
 *
 * @param site number of the site, 0 when it is about none
 * @param name the site's name, empty when Berth knows no site of that number
 * @param problem what differs, why that may be, what to do
 * @param missing where on the host something should be and is not
 * @param surplus where on the host something is that should not be
 * @param remedy what Berth can do by itself
 * @param parts what of the site the remedy works on
 */
public record Finding(
        long site,
        String name,
        Problem problem,
        List<String> missing,
        List<String> surplus,
        Remedy remedy,
        Set<SitePart> parts) {

    /** What Berth can do about a finding by itself. */
    public enum Remedy {
        /** A person has to look: Berth could destroy something, or cannot know what is right. */
        NONE,
        /** What the site should have is made again; its files and its data are not touched. */
        REPAIR,
        /** The same, but only for whoever names this site: it could not go on as before. */
        REPAIR_ASKED,
        /** What is left of a site that was removed for good is removed. */
        CLEAN,
        /** The job that stopped half-way is tried again. */
        RETRY
    }

    public Finding {
        missing = List.copyOf(missing);
        surplus = List.copyOf(surplus);
        parts = Set.copyOf(parts);
    }

    /** One that a person has to look at. */
    static Finding forAPerson(long site, String name, Problem problem, Collection<String> surplus) {
        return new Finding(site, name, problem, List.of(), List.copyOf(surplus), Remedy.NONE, Set.of());
    }

    /** Whether Berth can mend it without being asked for this very site. */
    public boolean isRepairable() {
        return remedy != Remedy.REPAIR_ASKED && isMendable();
    }

    /** Whether Berth can mend it at all. */
    public boolean isMendable() {
        return remedy != Remedy.NONE;
    }
}
