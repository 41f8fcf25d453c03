package org.berth.certificates;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.berth.platform.Problem;

/**
 * A certificate that certbot or acme.sh keeps on this host, as shown to people.
 *
 * @param lineage the folder that it is in
 * @param names host names that it is for, sorted; empty if it cannot be read
 * @param issuer who issued it, as an X.500 name
 * @param fingerprint SHA-256 in hexadecimal
 * @param problem why no site can have it; empty if one can
 * @param sites those of which it is for a name
 */
public record FoundCertificate(
        String lineage,
        List<String> names,
        Optional<String> issuer,
        Optional<Instant> notAfter,
        Optional<String> fingerprint,
        Optional<Problem> problem,
        List<Site> sites) {

    /**
     * A site of which the certificate is for a name.
     *
     * @param selfSigned whether its visitors get one that it signed itself
     * @param served whether its visitors get this one already
     */
    public record Site(long id, String name, boolean selfSigned, boolean served) {}

    public FoundCertificate {
        names = List.copyOf(names);
        sites = List.copyOf(sites);
    }

    /** Whether one of these sites signed its own, and could have this one instead. */
    public boolean isOfUse() {
        return problem.isEmpty() && sites.stream().anyMatch(Site::selfSigned);
    }
}
