package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.berth.fixture.Eventually;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a site has on disk")
class DiskUseIT {

    private static final long MIB = 1024 * 1024;

    @Test
    void isCountedAndShownOnItsPageByTheApiAndByTheCommand() {
        var owner = People.owner("filled");
        var tenant = Tenant.of(owner);
        tenant.put("large", "x".repeat((int) (3 * MIB)));
        var rest = owner.rest();
        Eventually.holds(
                "the site is counted",
                () -> rest.site(tenant.name()).getJsonObject("disk").containsKey("bytes"));
        var disk = rest.site(tenant.name()).getJsonObject("disk");
        assertThat(disk.getBoolean("enforced")).isFalse();
        assertThat(disk.getJsonNumber("limitBytes").longValue()).isEqualTo(10240 * MIB);
        assertThat(disk.getJsonNumber("bytes").longValue()).isBetween(3 * MIB, 5 * MIB);
        assertThat(disk.getInt("files")).isBetween(5, 100);

        assertThat(LabHost.run("berth", "site", "info", tenant.name()).out())
                .containsPattern("On disk +[345] MiB of 10 GiB");
        Eventually.holds(
                "the command says so",
                () -> LabHost.run("berth", "status").out().contains("Hint: Limits of disk space are counted"));
        try (var panel = new Panel().login(owner).open("/sites/" + tenant.id())) {
            assertThat(panel.part("disk").textContent()).contains("10 GiB", "500,000", "about once a day");
            panel.isSound();
        }
    }
}
