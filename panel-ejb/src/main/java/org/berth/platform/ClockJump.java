package org.berth.platform;

import java.time.Duration;
import java.time.Instant;

/**
 * The clock of the host was set.
 *
 * @param noticedAt the clock's time when that was noticed
 * @param by how far ahead; negative if back
 */
public record ClockJump(Instant noticedAt, Duration by) {}
