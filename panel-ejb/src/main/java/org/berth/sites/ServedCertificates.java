package org.berth.sites;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is known of the certificates that sites answer with; the component that keeps them implements it. */
public interface ServedCertificates {

    /**
     * A certificate as visitors get it.
     *
     * @param names host names that it is for, in ASCII form, also such as {@code *.example.com}
     * @param trusted whether browsers know its authority, as far as the panel's own list of them tells
     */
    record Served(Set<String> names, Instant notAfter, boolean trusted) {

        public Served {
            names = Set.copyOf(names);
        }

        /** Whether it is for a host name; a star stands for one label. */
        boolean covers(String name) {
            return names.contains(name) || names.contains("*" + name.substring(Math.max(name.indexOf('.'), 0)));
        }
    }

    /** The one of a site; none while it answers with what it signed itself. */
    Optional<Served> of(long site);

    /** When those of some sites expire; a site that answers with what it signed itself is left out. */
    Map<Long, Instant> ends(Collection<Long> sites);

    /** The host's number of the one of a site; none while it answers with what it signed itself. */
    Optional<Integer> number(long site);

    /** The same of all sites; one that answers with what it signed itself is left out. */
    Map<Long, Integer> numbers();

    /** The host's number of the one of each site that is ordered, or was and could be gone on with. */
    Map<Long, Integer> ordered();

    /**
     * Takes note of the one that a site answers with, as the host says.
     *
     * @param number the host's number of it; 0 when the site signed it itself
     */
    void shown(long site, int number);
}
