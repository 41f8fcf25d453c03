package org.berth.certificates;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds the sites that a certificate is for, among thousands. */
final class NamedSites {

    /**
     * A name of a site, and what its visitors get.
     *
     * @param fingerprint of that, empty if the site signed it itself
     */
    record Name(String name, long siteId, String siteName, Optional<String> fingerprint) {

        FoundCertificate.Site site(String other) {
            return new FoundCertificate.Site(
                    siteId,
                    siteName,
                    fingerprint.isEmpty(),
                    fingerprint.filter(other::equals).isPresent());
        }
    }

    /** By what may stand in a certificate: itself, or a star for its first label. */
    private final Map<String, List<Name>> names = new HashMap<>();

    NamedSites(Collection<Name> all) {
        for (var name : all) {
            names.computeIfAbsent(name.name(), any -> new ArrayList<>()).add(name);
            names.computeIfAbsent("*." + name.name().substring(name.name().indexOf('.') + 1), any -> new ArrayList<>())
                    .add(name);
        }
    }

    /** The names that a certificate is for, of each site, by the site's canonical name. */
    Map<String, List<Name>> of(IssuedCertificate certificate) {
        var covered = new LinkedHashSet<Name>();
        certificate
                .names()
                .forEach(name -> covered.addAll(names.getOrDefault(name.toLowerCase(Locale.ROOT), List.of())));
        var sites = new TreeMap<String, List<Name>>();
        covered.forEach(name ->
                sites.computeIfAbsent(name.siteName(), any -> new ArrayList<>()).add(name));
        return sites;
    }
}
