package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.berth.fixture.Eventually;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A lab host shares the machine's memory, so its kernel's account of it is covered by another one. */
@DisplayName("Memory")
class MemoryShortIT {

    @Test
    void thatRunsShortIsToldWithWhatIsLeft() {
        LabHost.shell("sed 's/^MemAvailable:.*/MemAvailable: 98304 kB/' /proc/meminfo >/run/meminfo"
                        + " && mount --bind /run/meminfo /proc/meminfo")
                .orFail();
        try {
            Eventually.holds(
                    "the command says so",
                    () -> status().contains("Memory is nearly used up. Look what uses it, or add memory."));
            assertThat(status()).containsPattern("Memory +96 MiB of ");
            try (var panel = new Panel().login(People.administrator())) {
                panel.open("/dashboard");
                assertThat(panel.page().locator("[data-test=attention]").textContent())
                        .contains("Memory is nearly used up.");
                panel.isSound();
            }
        } finally {
            LabHost.shell("umount /proc/meminfo && rm /run/meminfo").orFail();
        }
        Eventually.holds("all is well again", () -> !status().contains("Memory is nearly used up"));
    }

    private static String status() {
        return LabHost.berth("status").run().out();
    }
}
