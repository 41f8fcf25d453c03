package org.berth.jobs;

import java.time.Instant;
import java.util.Optional;

/**
 * A step as shown to people.
 *
 * @param position 1 for the first
 * @param name kebab-case name; its title is in {@link JobText}
 * @param log what the host said, empty when nothing
 */
public record StepView(
        int position,
        String name,
        StepState state,
        int attempts,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        String log) {}
