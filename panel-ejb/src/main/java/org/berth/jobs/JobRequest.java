package org.berth.jobs;

import jakarta.json.JsonObject;
import java.util.Optional;

/**
 * Work to be done.
 *
 * @param type name of the recipe
 * @param siteId the site it works on; no other job can work on it meanwhile
 * @param ownerId whose job it is
 * @param targetName name of what it works on, for people
 * @param input what the recipe needs to know; never a secret
 * @param idempotencyKey the actor's own name for the request
 */
public record JobRequest(
        String type,
        Optional<Long> siteId,
        long ownerId,
        String targetName,
        JsonObject input,
        Optional<String> idempotencyKey) {}
