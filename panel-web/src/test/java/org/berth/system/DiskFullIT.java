package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.berth.fixture.Eventually;
import org.berth.fixture.Fresh;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Small file systems in memory stand in for disks that fill up. */
@DisplayName("A disk")
class DiskFullIT {

    private static final String BALLAST = "/run/small/ballast";

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
        isOnASmallDisk(state);
        try {
            fill();
            var suspend =
                    LabHost.berth("site", "suspend", name, "--reason", "full").run();
            assertThat(suspend.err()).contains("The disk of " + state + " is full.", "Make room there");
            assertThat(LabHost.fetch(name, "/").status()).isEqualTo(200);
            try (var panel = new Panel().login(People.administrator())) {
                panel.open("/sites/" + name);
                panel.isSound();
            }
            LabHost.run("rm", BALLAST);
            assertThat(LabHost.berth("site", "suspend", name, "--reason", "room")
                            .run()
                            .orFail()
                            .out())
                    .contains("is suspended");
        } finally {
            isBackOnItsDisk(state);
        }
        assertThat(LabHost.fetch(name, "/").status()).isEqualTo(503);
        assertThat(LabHost.doctor()).doesNotContain(name);
    }

    @Test
    void ofTheSitesThatIsFullIsToldLetsThemAnswerAndLeavesNothingOfANewOne() {
        var rest = People.administrator().rest();
        var name = Fresh.siteName("answering");
        var refused = Fresh.siteName("refused");
        rest.createSite(name, "PHP");
        var sites = "/srv/sites";
        isOnASmallDisk(sites);
        try {
            fill();
            var create =
                    LabHost.berth("site", "create", refused, "--type", "php").run();
            assertThat(create.err()).contains("The disk of " + sites + " is full.", "Make room there");
            assertThat(LabHost.fetch(name, "/").status()).isEqualTo(200);
            assertThat(LabHost.doctor()).doesNotContain(name, refused);
            Eventually.holds(
                    "the command says so",
                    () -> status().contains("The disk of " + sites + " is nearly full. Make room there"));
            LabHost.run("rm", BALLAST);
            LabHost.berth("site", "create", refused, "--type", "php").run().orFail();
            assertThat(LabHost.fetch(refused, "/").status()).isEqualTo(200);
        } finally {
            isBackOnItsDisk(sites);
        }
    }

    /** With all that is in the folder, and little room for more. */
    private static void isOnASmallDisk(String folder) {
        LabHost.shell("mkdir /run/small && cp -a " + folder + " /run/full-copy && mount -t tmpfs -o"
                        + " size=$(du -sm /run/full-copy | awk '{ print $1 + 20 }')m,mode=$(stat -c %a " + folder
                        + ") tmpfs /run/small && chown --reference=" + folder
                        + " /run/small && cp -a /run/full-copy/. /run/small && rm -rf /run/full-copy"
                        + " && mount --bind /run/small " + folder)
                .orFail();
    }

    private static void fill() {
        LabHost.shell("cat /dev/zero > " + BALLAST + " || :");
    }

    private static void isBackOnItsDisk(String folder) {
        LabHost.shell("rm -f " + BALLAST + " && cp -a /run/small /run/full-copy && umount " + folder
                        + " /run/small && rmdir /run/small && cp -a /run/full-copy/. " + folder
                        + " && rm -rf /run/full-copy")
                .orFail();
    }

    private static String status() {
        return LabHost.berth("status").run().out();
    }
}
