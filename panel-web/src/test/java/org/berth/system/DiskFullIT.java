package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.time.Duration;
import org.berth.fixture.Eventually;
import org.berth.fixture.Fresh;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Small file systems in memory stand in for disks that fill up. */
@DisplayName("A disk")
class DiskFullIT {

    private static final String IN_DATABASE = "mariadb --socket=/run/berth/db/berth.sock berth ";

    private final RestClient rest = People.administrator().rest();

    @Test
    void thatFillsUpIsNamedWhileThereIsSomeRoomLeft() {
        LabHost.run("mount", "-t", "tmpfs", "-o", "size=30m", "tmpfs", "/var/tmp");
        try {
            LabHost.run("fallocate", "--length", "29M", "/var/tmp/ballast");
            Eventually.within(
                    Duration.ofSeconds(60),
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
        Eventually.within(Duration.ofSeconds(60), "all is well again", () -> !status().contains("/var/tmp"));
    }

    @Test
    void withoutRoomForThePanelsDatabaseLeavesSitesAloneAndLosesNothing() {
        var site = Fresh.siteName("full");
        var refused = Fresh.siteName("full");
        rest.createSite(site, "PHP");
        onASmallDisk(() -> {
            fillDatabase();

            var answer = rest.post(
                    "/sites", Json.createObjectBuilder().add("name", refused).add("type", "PHP"));
            assertThat(answer.status()).isEqualTo(507);
            assertThat(answer.type()).startsWith("application/problem+json");
            assertThat(answer.json().getString("code")).isEqualTo("panel-database-full");
            assertThat(answer.body()).doesNotContain("Exception").doesNotContain("SQL");
            var command =
                    LabHost.berth("site", "suspend", site, "--reason", "full").run();
            assertThat(command.exit()).isEqualTo(8);
            assertThat(command.err()).contains("no room left").contains("What to do:");
            assertThat(rest.site(site).getString("state")).isEqualTo("ACTIVE");
            assertThat(LabHost.fetch(site, "/").status()).isEqualTo(200);

            LabHost.run("rm", "/var/lib/berth/mysql/ballast");
            LabHost.shell(IN_DATABASE + "-e \"delete from audit_entry where action = 'filler'\"")
                    .orFail();
            rest.createSite(refused, "PHP");
            assertThat(LabHost.fetch(refused, "/").status()).isEqualTo(200);
        });
        assertThat(rest.site(refused).getString("state")).isEqualTo("ACTIVE");
    }

    private static String status() {
        return LabHost.berth("status").run().out();
    }

    /** Moves the panel's database to a disk with little room, and back with all that it wrote meanwhile. */
    private void onASmallDisk(Runnable act) {
        LabHost.shell("""
                set -e
                systemctl stop mariadb@berth
                mkdir -p /run/disk-before
                mount --bind --make-private /var/lib/berth/mysql /run/disk-before
                mount -t tmpfs -o size=$(($(du -sm /run/disk-before | cut -f1) + 20))m tmpfs /var/lib/berth/mysql
                cp -a /run/disk-before/. /var/lib/berth/mysql/
                systemctl start mariadb@berth""").orFail();
        answers();
        try {
            act.run();
        } finally {
            LabHost.shell("""
                    set -e
                    systemctl stop mariadb@berth
                    rm -f /var/lib/berth/mysql/ballast
                    find /run/disk-before -mindepth 1 -delete
                    cp -a /var/lib/berth/mysql/. /run/disk-before/
                    umount /var/lib/berth/mysql /run/disk-before
                    systemctl start mariadb@berth""").orFail();
            answers();
        }
    }

    /** No room on the disk, and none in the pages that the table of the audit has already. */
    private static void fillDatabase() {
        LabHost.shell("""
                for size in 64K 1K; do
                  dd if=/dev/zero of=/var/lib/berth/mysql/ballast bs=$size oflag=append conv=notrunc 2>/dev/null
                done
                %s <<SQL 2>&1 | grep "is full"
                DELIMITER //
                BEGIN NOT ATOMIC
                  WHILE TRUE DO
                    INSERT INTO audit_entry (at, address, actor_name, via, action, target_type, target_name, result, detail)
                    VALUES (utc_timestamp(6), '', 'root', 'CLI', 'filler', 'host', '', 'DONE', '');
                  END WHILE;
                END //
                SQL""".formatted(IN_DATABASE)).orFail();
    }

    private void answers() {
        Eventually.within(
                Duration.ofSeconds(60),
                "the panel answers",
                () -> rest.get("/sites?limit=1").status() == 200);
    }
}
