package org.berth.jobs;

import jakarta.json.JsonObject;
import java.util.Optional;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;

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
        Optional<String> idempotencyKey) {

    private static final int LONGEST_KEY = 80;

    public JobRequest {
        if (idempotencyKey.filter(key -> key.length() > LONGEST_KEY).isPresent()) {
            throw new InvalidInput(
                    Problem.of("idempotency-key-too-long", LONGEST_KEY).at("idempotencyKey"));
        }
    }
}
