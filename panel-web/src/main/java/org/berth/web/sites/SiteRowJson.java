package org.berth.web.sites;

import java.time.Instant;
import java.util.Optional;
import org.berth.sites.SiteRow;
import org.berth.sites.SiteState;
import org.berth.sites.SiteType;

/**
 * A site in a list, as the API shows it.
 *
 * @param damaged whether its name was changed by hand in the database and is none any more
 * @param certificateNotAfter when the certificate that visitors get expires; missing if the site signed it itself
 */
public record SiteRowJson(
        long id,
        String name,
        String unicodeName,
        boolean damaged,
        SiteType type,
        SiteState state,
        String owner,
        Optional<String> phpVersion,
        boolean database,
        Instant createdAt,
        Optional<Instant> certificateNotAfter,
        Optional<Long> activeJobId) {

    static SiteRowJson of(SiteRow row) {
        return new SiteRowJson(
                row.id(),
                row.name(),
                row.display(),
                row.damaged(),
                row.type(),
                row.state(),
                row.ownerLogin(),
                row.phpVersion(),
                row.database(),
                row.createdAt(),
                row.certificateNotAfter(),
                row.activeJobId());
    }
}
