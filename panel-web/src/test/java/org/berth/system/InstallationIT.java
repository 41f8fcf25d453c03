package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import org.berth.fixture.Eventually;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The installer leaves a host that")
class InstallationIT {

    /** Web for the sites, and the panel. SSH is the distribution's business, where it is there. */
    private static final Set<String> OPEN_PORTS = Set.of("80", "443", "8443", "22");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "berth.service",
                "berth-front.service",
                "mariadb@berth.service",
                "mariadb.service",
                "nginx.service",
                "berth-idle.timer"
            })
    void runsEachUnitNowAndAfterTheNextStart(String unit) {
        assertThat(LabHost.run("systemctl", "is-active", unit).text()).isEqualTo("active");
        assertThat(LabHost.run("systemctl", "is-enabled", unit).text()).isIn("enabled", "enabled-runtime", "static");
    }

    @Test
    void listensToTheWorldForSitesAndForThePanelOnly() {
        var open = LabHost.shell("ss -Hltn | awk '{ print $4 }'")
                .out()
                .lines()
                .filter(address -> !address.startsWith("127.") && !address.startsWith("[::1]"))
                .filter(address -> !address.startsWith("[::ffff:127."))
                .map(address -> address.substring(address.lastIndexOf(':') + 1))
                .collect(Collectors.toSet());
        assertThat(open).isNotEmpty().isSubsetOf(OPEN_PORTS).contains("80", "443", "8443");
    }

    @Test
    void listensOverUdpForHttp3Only() {
        assertThat(LabHost.shell("ss -Hlun | awk '{ print $4 }' | grep -v '^127\\.\\|^\\[::1\\]' || true")
                        .out()
                        .lines())
                .allMatch(address -> address.endsWith(":443"));
    }

    @Test
    void keepsTheDistributionsPhpPoolsOff() {
        var units = LabHost.shell("systemctl list-unit-files --no-legend 'php*-fpm.service' | awk '{ print $1, $2 }'");
        assertThat(units.out().lines()).isNotEmpty().allMatch(line -> line.endsWith(" masked"));
        assertThat(LabHost.shell("pgrep -u www-data -l php || true").text()).isEmpty();
    }

    @Test
    void runsThePanelWithoutRoot() {
        var user = LabHost.shell("ps -o user= -p \"$(systemctl show -p MainPID --value berth.service)\"");
        assertThat(user.text()).isEqualTo("berth");
    }

    @Test
    void letsNoTenantReachThePanelPastItsFront() {
        var asTenant = LabHost.program(
                        "setpriv", "--reuid=www-data", "--clear-groups", "curl", "-qsS", "--max-time", "5")
                .with("-o", "/dev/null", "http://127.0.0.1:8480/health")
                .run();
        assertThat(asTenant.exit()).as("exit code of curl: no connection").isIn(7, 28);
    }

    @Test
    void keepsItsSecretsFromTenants() {
        for (var file : new String[] {
            "/etc/berth/panel.properties",
            "/etc/berth/secret.key",
            "/etc/berth/front/panel.key",
            "/etc/berth/front/headers.conf"
        }) {
            var reading = LabHost.program("setpriv", "--reuid=www-data", "--clear-groups", "cat", file)
                    .run();
            assertThat(reading.exit()).as(file).isNotZero();
        }
    }

    @Test
    void namesEachVerbInSudoersWithoutArguments() {
        var rules = LabHost.shell("sudo -l -U berth | grep NOPASSWD").out();
        assertThat(rules.lines())
                .isNotEmpty()
                .allMatch(line -> line.contains("/usr/lib/berth/host-scripts/"))
                .allMatch(line -> !line.contains("*"));
        assertThat(LabHost.run("visudo", "-cf", "/etc/sudoers.d/berth").exit()).isZero();
    }

    @Test
    void letsOneSiteGoBeforeWhatAllNeedWhereMemoryRunsShort() {
        assertThat(spared("berth-php@1")).isPositive();
        for (var unit : new String[] {"nginx", "mariadb", "mariadb@berth", "berth-front", "berth"}) {
            assertThat(spared(unit)).as(unit).isNegative();
        }
    }

    /** How gladly the kernel ends it, from -1000 to 1000. */
    private static int spared(String unit) {
        return Integer.parseInt(
                LabHost.run("systemctl", "show", "-P", "OOMScoreAdjust", unit).text());
    }

    @Test
    void tellsTheWorldHowItFaresWithoutSayingMore() {
        // The clock of the machine may have been set lately, and what a test has stopped just runs again.
        Eventually.holds("it fares well", () -> health().matches("(?s).*\"(HEALTHY|DEGRADED)\".*"));
        assertThat(health()).hasSizeLessThan(100);
    }

    private static String health() {
        return Command.of("curl", "-qsSk", LabHost.panel() + "/health")
                .run()
                .orFail()
                .text();
    }

    @Test
    void explainsTheCommandLineInATenthOfASecond() {
        // The best of several runs: a machine that tests is busy, but it cannot be quicker than the command is.
        var took = LabHost.shell("TIMEFORMAT=%R; for i in {1..10}; do time berth --help >/dev/null; done")
                .err()
                .lines()
                .mapToDouble(Double::parseDouble)
                .min();
        assertThat(took.orElseThrow()).isLessThan(0.1);
    }
}
