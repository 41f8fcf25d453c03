package org.berth.services;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.io.StringReader;
import java.time.Instant;
import java.util.Map;
import org.berth.platform.Problem;
import org.junit.jupiter.api.Test;

class HealthCheckTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void hostIsReadAsItAnswers() {
        var host = host("active", 500, 9000);

        assertThat(host.phpVersions()).containsExactly("8.4", "8.2");
        assertThat(host.ipv4()).containsExactly("192.0.2.1");
        assertThat(host.load1()).isEqualTo(0.25);
        assertThat(host.refused()).containsExactly("custom.conf");
        assertThat(host.quarantined()).containsExactly(Map.entry(7L, "unknown directive"));
        assertThat(host.quota()).isEqualTo(new QuotaView("ext4", false, "off"));
        assertThat(host.services()).singleElement().satisfies(service -> {
            assertThat(service.isActive()).isTrue();
            assertThat(service.since()).contains(Instant.ofEpochSecond(1000));
        });
    }

    @Test
    void stoppedWebServerIsToldByItsUnit() {
        assertThat(HealthCheck.down(host("failed", 500, 9000)))
                .containsExactly(Problem.of("health-service-down", "nginx.service", "failed"));
    }

    @Test
    void littleRoomIsToldBeforeNoneIsLeft() {
        assertThat(HealthCheck.shortages(host("active", 100, 1000)))
                .extracting(Problem::code)
                .containsExactly("health-disk", "health-memory");
        assertThat(HealthCheck.shortages(host("active", 500, 9000))).isEmpty();
    }

    @Test
    void smallDiskIsNotAlwaysNearlyFull() {
        assertThat(new DiskView("/tmp", 500, 51, 1000, 101)).satisfies(disk -> {
            assertThat(disk.isNearlyFull()).isFalse();
            assertThat(disk.isNearlyOutOfFiles()).isFalse();
        });
        assertThat(new DiskView("/tmp", 500, 49, 1000, 99)).satisfies(disk -> {
            assertThat(disk.isNearlyFull()).isTrue();
            assertThat(disk.isNearlyOutOfFiles()).isTrue();
        });
    }

    @Test
    void limitsThatTheKernelDoesNotKeepAreAHintAndSayWhy() {
        assertThat(new QuotaView("ext4", true, "").hint()).isEmpty();
        assertThat(new QuotaView("btrfs", false, "file-system").hint())
                .contains(Problem.of("hint-quota-file-system", "btrfs"));
        assertThat(new QuotaView("ext4", false, "anything").hint()).contains(Problem.of("hint-quota-off", "ext4"));
    }

    private static HostView host(String nginx, int memory, int disk) {
        var json = """
                {"phpVersions":["8.2","8.4"],"addresses":{"ipv4":["192.0.2.1"],"ipv6":[]},"memoryMiB":2000,
                 "memoryAvailableMiB":%d,"disks":[
                  {"path":"/srv/sites","mib":90000,"freeMib":%d,"files":100000,"freeFiles":90000},
                  {"path":"/tmp","mib":500,"freeMib":400,"files":0,"freeFiles":0}],
                 "quota":{"fileSystem":"ext4","enforced":false,"why":"off"},"refused":["custom.conf"],"quarantined":[{"site":7,"error":"unknown directive"}],"load1":0.25,"uptimeSeconds":12,
                 "services":[{"name":"nginx","unit":"nginx.service","state":"%s","sub":"running","sinceEpoch":1000,
                              "restarts":0,"memoryBytes":1}]}""".formatted(memory, disk, nginx);
        try (var reader = Json.createReader(new StringReader(json))) {
            return InspectedHost.read(reader.readObject(), NOW);
        }
    }
}
