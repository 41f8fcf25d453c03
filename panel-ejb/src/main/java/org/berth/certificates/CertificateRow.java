package org.berth.certificates;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.berth.platform.Problem;

/**
 * A site's certificate, or the panel's own, in the list of all.
 *
 * @param siteId 0 for the panel
 * @param siteName canonical name, ASCII form
 * @param ownerLogin empty for the panel
 * @param authority name of the authority that is asked; empty when what visitors get was uploaded
 * @param notAfter when what visitors get expires; empty while the site shows one that it signed itself
 * @param nextAt when the clock orders the next one
 * @param failures attempts in a row that failed
 * @param problem why the last attempt failed
 * @param attention whether somebody should look
 * @param late whether the next one has been due for so long that somebody should, although nothing failed
 * @param revoked whether what visitors get was declared void
 * @param expired whether visitors get it although it has ended
 * @param uncovered names of the site that visitors are warned at, although nobody left them out
 */
public record CertificateRow(
        long siteId,
        String siteName,
        Optional<String> ownerLogin,
        Optional<String> authority,
        Optional<Instant> notAfter,
        Optional<Instant> nextAt,
        int failures,
        Optional<Problem> problem,
        boolean attention,
        boolean late,
        boolean revoked,
        boolean expired,
        List<String> uncovered) {

    public CertificateRow {
        uncovered = List.copyOf(uncovered);
    }

    /** Why somebody should look; empty if nobody needs to. */
    public Optional<Problem> concern() {
        return Optional.of(this).filter(CertificateRow::attention).map(CertificateRow::worst);
    }

    private Problem worst() {
        if (revoked) {
            return Problem.of(nextAt.isPresent() ? "certificate-alarm-revoked" : "certificate-alarm-void", siteName);
        } else if (expired) {
            return Problem.of("certificate-alarm-expired", siteName);
        } else if (failures > 0) {
            return Problem.of("certificate-alarm-failing", siteName, failures);
        } else if (late) {
            return Problem.of("certificate-alarm-late", siteName);
        } else if (!uncovered.isEmpty()) {
            return Problem.of("certificate-alarm-uncovered", siteName, String.join(", ", uncovered));
        }
        return Problem.of("certificate-alarm-expiring", siteName);
    }
}
