package org.berth.host;

import jakarta.json.JsonObject;

/**
 * What a verb answered.
 *
 * @param changed whether anything on the host is different now
 * @param result the verb's own answer
 * @param log what it told people meanwhile
 */
public record VerbResult(boolean changed, JsonObject result, String log) {}
