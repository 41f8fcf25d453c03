package org.berth.certificates;

import java.util.List;
import java.util.Optional;

/**
 * A certificate that somebody wants for a site. What is left empty stays as it was chosen before, or is the usual.
 *
 * @param authority id or name; the usual is the default authority
 * @param keyType the usual is {@link KeyType#EC_256}
 * @param leftOut names of the site for which none is ordered, such as those that do not lead here; the usual is none
 * @param challenge how names are proven; the usual is {@link ChallengeKind#HTTP_01}
 * @param dnsAccess id or name of the way by which records are written, with {@link ChallengeKind#DNS_01} only
 * @param wildcards names such as {@code *.example.com}, with {@link ChallengeKind#DNS_01} only; the usual is none
 * @param dryRun whether it is only tried: what is issued is not given to visitors, and what was chosen before stays
 * @param confirmed whether names are left out though their visitors may be locked out, or though it is the canonical one; or
 *     browsers may not trust what comes in place of what they do
 */
public record CertificateDraft(
        Optional<String> authority,
        Optional<KeyType> keyType,
        Optional<List<String>> leftOut,
        Optional<ChallengeKind> challenge,
        Optional<String> dnsAccess,
        Optional<List<String>> wildcards,
        boolean dryRun,
        boolean confirmed) {

    /** As it was chosen before. */
    public static final CertificateDraft AS_BEFORE =
            new CertificateDraft(Optional.empty(), Optional.empty(), Optional.empty());

    /** Leaves how names are proven as it was chosen before. */
    public CertificateDraft(Optional<String> authority, Optional<KeyType> keyType, Optional<List<String>> leftOut) {
        this(authority, keyType, leftOut, Optional.empty(), Optional.empty(), Optional.empty(), false, false);
    }
}
