package org.berth.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** The time, injected wherever it matters so that tests can set it. */
@ApplicationScoped
public class SystemClock {

    /** UTC, as zones are a matter of display, and in microseconds, as the database keeps them. */
    @Produces
    public Clock utc() {
        return Clock.tick(Clock.systemUTC(), Duration.of(1, ChronoUnit.MICROS));
    }
}
