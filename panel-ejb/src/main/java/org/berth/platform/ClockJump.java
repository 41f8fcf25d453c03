package org.berth.platform;

import java.time.Duration;
import java.time.Instant;

/**
 * The clock of the host was set, or stood still while the host or the panel did. Fired as a CDI event in the transaction
 * that writes it down: who keeps times in rows moves them along, or all of it happens again.
 *
 * @param noticedAt the clock's time when that was noticed
 * @param by how far ahead; negative if back
 */
public record ClockJump(Instant noticedAt, Duration by) {}
