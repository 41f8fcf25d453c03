package org.berth.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;

/** The time, injected wherever it matters so that tests can set it. */
@ApplicationScoped
public class SystemClock {

    /** UTC: zones are a matter of display. */
    @Produces
    public Clock utc() {
        return Clock.systemUTC();
    }
}
