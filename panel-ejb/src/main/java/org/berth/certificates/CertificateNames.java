package org.berth.certificates;

import com.google.common.net.InternetDomainName;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names of certificates, among them some that begin with a star, which stands for exactly one label (RFC 6125, 6.4.3). */
final class CertificateNames {

    private static final String STAR = "*.";

    private CertificateNames() {}

    /**
     * What to order. Authorities refuse a name beside a star that stands for it.
     *
     * @param names of the site
     * @param wildcards such as {@code *.example.com}
     * @return sorted
     */
    static List<String> ordered(Collection<String> names, Collection<String> wildcards) {
        return Stream.concat(names.stream().filter(name -> !wildcards.contains(starOver(name))), wildcards.stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** The wildcard that stands for all names directly below one. */
    static String below(String name) {
        return STAR + name;
    }

    /** The domains that somebody has registered to have these names; a name that is below no public suffix counts as one. */
    static Set<String> registered(Collection<String> names) {
        return names.stream()
                .map(name -> name.startsWith(STAR) ? name.substring(STAR.length()) : name)
                .map(InternetDomainName::from)
                .map(name -> name.isUnderPublicSuffix() ? name.topPrivateDomain() : name)
                .map(InternetDomainName::toString)
                .collect(Collectors.toSet());
    }

    private static String starOver(String name) {
        return STAR + name.substring(name.indexOf('.') + 1);
    }
}
