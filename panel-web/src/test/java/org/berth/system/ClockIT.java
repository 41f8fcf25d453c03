package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.berth.fixture.Eventually;
import org.berth.fixture.Fresh;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A host whose clock was wrong and is set right")
class ClockIT {

    private static final Duration WRONG_BY = Duration.ofDays(400);

    private final RestClient rest = People.administrator().rest();

    @Test
    void servesItsSitesSaysSoAndRemovesNothingTooEarly() {
        var untouched = Fresh.siteName("clock");
        var doomed = Fresh.siteName("clock");
        rest.createSite(untouched, "PHP");
        try (var clock = HostClock.take()) {
            clock.set(WRONG_BY.negated());
            Eventually.holds("the panel has noticed", () -> status().contains("clock was set back by 400 d"));
            assertThat(LabHost.fetch(untouched, "/").status()).isEqualTo(200);
            rest.createSite(doomed, "PHP");
            LabHost.berth("site", "delete", doomed, "--yes").run().orFail();
            // Nobody waits for jobs that ended in what is the future now.
            assertThat(LabHost.doctor()).doesNotContain(untouched, doomed);

            // By this clock the days of grace are over for more than a year.
            clock.set(Duration.ZERO);
            Eventually.holds("the panel has noticed", () -> status().contains("clock was set ahead by 400 d"));
            assertThat(LabHost.fetch(untouched, "/").status()).isEqualTo(200);
            assertThat(Instant.parse(rest.site(doomed).getString("purgeAt")))
                    .isAfter(Instant.now().plus(Duration.ofDays(29)));
            LabHost.berth("site", "restore", doomed).run().orFail();
            assertThat(LabHost.fetch(doomed, "/").status()).isEqualTo(200);
        }
    }

    private static String status() {
        return LabHost.berth("status").run().out();
    }
}
