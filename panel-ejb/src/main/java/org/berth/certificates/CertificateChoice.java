package org.berth.certificates;

import java.util.List;
import java.util.Optional;

/**
 * What a site shall have, decided to the end.
 *
 * @param directory id of the authority
 * @param leftOut names of the site for which none is ordered
 * @param dnsAccess id of the way by which records are written; empty when names are proven over HTTP
 * @param wildcards names with a star
 */
record CertificateChoice(
        long directory, KeyType keyType, List<String> leftOut, Optional<Long> dnsAccess, List<String> wildcards) {

    CertificateChoice {
        leftOut = List.copyOf(leftOut);
        wildcards = List.copyOf(wildcards);
    }
}
