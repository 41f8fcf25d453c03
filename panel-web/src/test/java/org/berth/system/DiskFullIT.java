package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.berth.fixture.Eventually;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Small file systems in memory stand in for disks that fill up. */
@DisplayName("A disk")
class DiskFullIT {

    @Test
    void thatFillsUpIsNamedWhileThereIsSomeRoomLeft() {
        LabHost.run("mount", "-t", "tmpfs", "-o", "size=30m", "tmpfs", "/var/tmp");
        try {
            LabHost.run("fallocate", "--length", "29M", "/var/tmp/ballast");
            Eventually.holds(
                    "the command says so",
                    () -> status().contains("The disk of /var/tmp is nearly full. Make room there"));
            try (var panel = new Panel().login(People.administrator())) {
                panel.open("/dashboard");
                assertThat(panel.page().locator("[data-test=attention]").textContent())
                        .contains("The disk of /var/tmp is nearly full.");
                panel.isSound();
            }
        } finally {
            LabHost.run("umount", "/var/tmp");
        }
        Eventually.holds("all is well again", () -> !status().contains("/var/tmp"));
    }

    private static String status() {
        return LabHost.berth("status").run().out();
    }
}
