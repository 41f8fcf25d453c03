package org.berth.sites;

import java.time.Instant;
import java.util.Optional;

/**
 * A site in a list.
 *
 * @param name canonical name, ASCII form
 * @param display the form for people
 * @param damaged whether what is written down as its name is none, since somebody changed it by hand
 * @param database whether it has a database of its own
 * @param certificateNotAfter when the certificate that visitors get expires; empty if the site signed it itself
 * @param activeJobId the job that works on it now
 */
public record SiteRow(
        long id,
        String name,
        String display,
        boolean damaged,
        SiteType type,
        SiteState state,
        long ownerId,
        String ownerLogin,
        Optional<String> phpVersion,
        boolean database,
        Instant createdAt,
        Optional<Instant> certificateNotAfter,
        Optional<Long> activeJobId) {}
