package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.berth.fixture.Eventually;
import org.berth.fixture.Fresh;
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

    @Test
    void thatIsFullStopsChangesWithItsNameAndNothingElse() {
        var rest = People.administrator().rest();
        var name = Fresh.siteName("full");
        rest.createSite(name, "PHP");
        var state = "/var/lib/berth/host";
        LabHost.shell("mkdir /run/small && mount -t tmpfs -o size=8m,mode=700 tmpfs /run/small && cp -a " + state
                + "/. /run/small && mount --bind /run/small " + state);
        try {
            LabHost.shell("cat /dev/zero > /run/small/ballast || :");
            var suspend =
                    LabHost.berth("site", "suspend", name, "--reason", "full").run();
            assertThat(suspend.err()).contains("The disk of " + state + " is full.", "Make room there");
            assertThat(LabHost.fetch(name, "/").status()).isEqualTo(200);
            try (var panel = new Panel().login(People.administrator())) {
                panel.open("/sites/" + name);
                panel.isSound();
            }
            LabHost.run("rm", "/run/small/ballast");
            assertThat(LabHost.berth("site", "suspend", name, "--reason", "room")
                            .run()
                            .orFail()
                            .out())
                    .contains("is suspended");
        } finally {
            LabHost.shell("cp -a /run/small/. /run/full-copy && umount " + state
                    + " /run/small && rmdir /run/small && cp -a /run/full-copy/. " + state
                    + " && rm -rf /run/full-copy");
        }
        assertThat(LabHost.fetch(name, "/").status()).isEqualTo(503);
        assertThat(LabHost.berth("doctor").run().out()).doesNotContain(name);
    }

    private static String status() {
        return LabHost.berth("status").run().out();
    }
}
