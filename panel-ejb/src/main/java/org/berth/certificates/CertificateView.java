package org.berth.certificates;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A certificate of a site as shown to people. What the authority says of it is empty until it is issued.
 *
 * @param number counted for each site, from 1
 * @param uploaded whether somebody brought it; else an authority was asked
 * @param names host names that it is for, in ASCII form, sorted
 * @param issuer who issued it, as an X.500 name
 * @param serial in hexadecimal
 * @param alarmAt since when, or from when on, so little of its life is left that something must be wrong
 * @param fingerprint SHA-256 in hexadecimal, as browsers show it
 * @param servedAt since when visitors got it
 * @param endedAt until when
 */
public record CertificateView(
        int number,
        CertificateState state,
        boolean uploaded,
        List<String> names,
        KeyType keyType,
        Optional<String> issuer,
        Optional<String> serial,
        Optional<Instant> notBefore,
        Optional<Instant> notAfter,
        Optional<Instant> alarmAt,
        Optional<String> fingerprint,
        Instant createdAt,
        Optional<Instant> servedAt,
        Optional<Instant> endedAt) {

    public CertificateView {
        names = List.copyOf(names);
    }

    /** Whether its authority can still declare it void. */
    public boolean isRevocable(Instant now) {
        return !uploaded
                && state != CertificateState.REVOKED
                && notAfter.filter(now::isBefore).isPresent();
    }
}
