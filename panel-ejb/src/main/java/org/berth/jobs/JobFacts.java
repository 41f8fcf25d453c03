package org.berth.jobs;

import jakarta.json.JsonObject;
import java.util.Optional;
import org.berth.security.Actor;

/**
 * What a recipe gets to know about the job it is used for.
 *
 * @param actor whoever caused the job
 * @param input what was asked for
 */
public record JobFacts(
        long id, String type, Optional<Long> siteId, long ownerId, String targetName, Actor actor, JsonObject input) {

    /** The site, for recipes that always have one. */
    public long site() {
        return siteId.orElseThrow();
    }
}
