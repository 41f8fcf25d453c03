package org.berth.certificates;

import java.util.List;
import java.util.Optional;

/**
 * A certificate that somebody wants for a site. What is left empty stays as it was chosen before, or is the usual.
 *
 * @param authority id or name; the usual is the default authority
 * @param keyType the usual is {@link KeyType#EC_256}
 * @param leftOut names of the site for which none is ordered, such as those that do not lead here; the usual is none
 */
public record CertificateDraft(Optional<String> authority, Optional<KeyType> keyType, Optional<List<String>> leftOut) {

    /** As it was chosen before. */
    public static final CertificateDraft AS_BEFORE =
            new CertificateDraft(Optional.empty(), Optional.empty(), Optional.empty());
}
