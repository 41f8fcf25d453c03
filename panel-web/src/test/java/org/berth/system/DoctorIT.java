package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.berth.fixture.Fresh;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Differences are made by hand on the host, as accidents and people make them. */
@DisplayName("The doctor")
class DoctorIT {

    private static final String PAGE = "<?php echo 'here';";

    private final RestClient rest = People.administrator().rest();
    private final String name = Fresh.siteName("doctor");

    @Test
    void findsNothingWhereEverythingIsAsItShouldBe() {
        for (var type : List.of("STATIC", "PHP")) {
            var site = rest.createSite(Fresh.siteName("doctor"), type);
            assertThat(found(site.getInt("id"))).as(type).isEmpty();
        }
        var site = siteWithDatabase();
        assertThat(LabHost.fetch(name, "/here.php").body()).isEqualTo("here");
        assertThat(found(site)).isEmpty();
        rest.change(rest.post("/sites/" + name + "/suspend", reason()));
        assertThat(found(site)).isEmpty();
        rest.change(rest.delete("/sites/" + name));
        assertThat(found(site)).isEmpty();
        rest.change(rest.post("/sites/" + site + "/purge"));
        assertThat(found(site)).isEmpty();
    }

    /** What is done to a site, by the finding that tells of it; one of each is done at a time. */
    private static final Map<String, List<String>> HARM = Map.of(
            "doctor-user",
            List.of("userdel -f s_N", "sed -i '/^s_N:/d' /etc/group", "usermod --shell /bin/bash --groups adm s_N"),
            "doctor-files",
            List.of(
                    "rm /srv/sites/s_N/logs/php.log",
                    "rm /srv/sites/s_N/current",
                    "chown daemon: /srv/sites/s_N /srv/sites/s_N/shared; setfacl -b /srv/sites/s_N",
                    "chown root: /srv/sites/s_N/logs/php.log",
                    "setfacl -d -m u:70001:rwx /srv/sites/s_N/releases"),
            "doctor-php",
            List.of(
                    "systemctl stop berth-php@N.socket berth-php@N.service",
                    "rm /run/berth/php/N.sock",
                    "rm /etc/systemd/system/sockets.target.wants/berth-php@N.socket",
                    "systemctl set-property berth-site-N.slice MemoryMax=infinity",
                    "rm -r /etc/systemd/system.control/berth-site-N.slice.d",
                    "rm -r /etc/berth/php/N",
                    "rm /etc/berth/php/N/pool.conf",
                    "chmod 777 /etc/berth/php/N; chmod 666 /etc/berth/php/N/pool.conf /run/berth/php/N.sock"),
            "doctor-vhost",
            List.of(
                    "rm /etc/berth/nginx/sites/N.conf; systemctl reload nginx",
                    "sed -i s/NAME/other-NAME/ /etc/berth/nginx/sites/N.conf; systemctl reload nginx",
                    "rm /var/log/nginx/sites/N.access.log",
                    "rm /var/lib/berth/host/names/NAME",
                    "rm /var/lib/berth/host/lists/N",
                    "echo N >/var/lib/berth/host/names/lost-NAME",
                    "touch /var/lib/berth/host/nginx/pending/N",
                    "ln -sf /etc/hostname /var/log/nginx/sites/N.access.log"),
            "doctor-state",
            List.of("touch /var/lib/berth/flags/N.suspended", "touch /var/lib/berth/flags/N.deleted"),
            "doctor-database",
            List.of(
                    "mariadb -e 'drop user s_N@localhost'",
                    "systemctl stop berth-db@N.socket berth-db@N.service",
                    "rm /etc/systemd/system/sockets.target.wants/berth-db@N.socket",
                    "rm -r /run/berth/databases/N",
                    "mariadb -e 'grant select on *.* to s_N@localhost'",
                    "mariadb -e 'grant proxy on root@localhost to s_N@localhost'"));

    static IntStream turns() {
        return IntStream.range(
                0, HARM.values().stream().mapToInt(List::size).max().orElseThrow());
    }

    @ParameterizedTest
    @MethodSource("turns")
    void findsEachDifferenceExplainsItAndRepairsAllByOneJob(int turn) {
        var site = siteWithDatabase();
        var codes = new ArrayList<String>();
        HARM.forEach((code, harms) -> {
            if (turn < harms.size()) {
                onHost(harms.get(turn), site);
                codes.add(code);
            }
        });
        var found = found(site);
        assertThat(found).extracting(finding -> finding.getString("code")).containsExactlyInAnyOrderElementsOf(codes);
        assertThat(found).allSatisfy(finding -> {
            assertThat(finding.getString("why")).isNotBlank();
            assertThat(finding.getString("todo")).isNotBlank();
            assertThat(places(finding)).isNotEmpty();
        });
        var job = repaired(site);
        assertThat(job.getString("state")).as(job.toString()).isEqualTo("SUCCEEDED");
        assertThat(found(site)).isEmpty();
        assertThat(LabHost.fetch(name, "/here.php").body()).isEqualTo("here");
        var audit = rest.get("/audit?action=site:repair&id=" + site).items();
        assertThat(audit).hasSize(1);
        assertThat(audit.getJsonObject(0).getString("result")).isEqualTo("DONE");
    }

    /** What is told as something else where more differs of the same part. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "doctor-exposed | chmod 644 /var/lib/berth/tls/N/own-1.pem",
                "doctor-exposed | setfacl -m u:daemon:r /var/lib/berth/tls/N/own-1.pem",
                "doctor-fence-lost | rm /var/lib/berth/host/fence/N"
            })
    void tellsWhatLetsOthersInAndRepairsIt(String code, String harm) {
        var site = siteWithDatabase();
        onHost(harm, site);
        assertThat(only(site).getString("code")).isEqualTo(code);
        assertThat(repaired(site).getString("state")).isEqualTo("SUCCEEDED");
        assertThat(found(site)).isEmpty();
        assertThat(LabHost.fetch(name, "/here.php").body()).isEqualTo("here");
    }

    @Test
    void putsAFileBackThatTheWebServerRefused() {
        var site = siteWithDatabase();
        onHost("echo nonsense >>/etc/berth/nginx/sites/N.conf; rm /var/lib/berth/host/nginx/good/N.conf", site);
        // The next change of any site takes the broken file out.
        rest.createSite(Fresh.siteName("doctor"), "STATIC");
        assertThat(LabHost.fetch(name, "/here.php").status()).isEqualTo(404);
        assertThat(only(site).getString("code")).isEqualTo("doctor-quarantined");
        assertThat(repaired(site).getString("state")).isEqualTo("SUCCEEDED");
        assertThat(found(site)).isEmpty();
        assertThat(LabHost.fetch(name, "/here.php").body()).isEqualTo("here");
    }

    @Test
    void shutsWhatIsOpenAlthoughItsSiteIsSuspended() {
        var site = siteWithDatabase();
        rest.change(rest.post("/sites/" + name + "/suspend", reason()));
        onHost("rm /var/lib/berth/flags/N.suspended; systemctl start berth-php@N.socket", site);
        assertThat(LabHost.fetch(name, "/here.php").status()).isEqualTo(200);
        assertThat(only(site).getString("code")).isEqualTo("doctor-state");
        repaired(site);
        assertThat(LabHost.fetch(name, "/here.php").status()).isEqualTo(503);
        assertThat(found(site)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mv /srv/sites/s_N /srv/lost-N | mv /srv/lost-N /srv/sites/s_N",
                "mariadb -e 'drop database s_N' | mariadb -e 'create database s_N'"
            })
    void leavesLostDataToAPersonAndMakesNothingEmptyInTheirPlace(String harm, String help) {
        var site = siteWithDatabase();
        onHost(harm, site);
        assertThat(only(site).getString("code")).isEqualTo("doctor-lost");
        assertThat(only(site).getBoolean("repairable")).isFalse();
        assertThat(repairs(site)).isEmpty();
        onHost(help, site);
        assertThat(found(site)).isEmpty();
    }

    @Test
    void cleansWhatIsLeftOfARemovedSite() {
        var site = siteWithDatabase();
        rest.change(rest.delete("/sites/" + name));
        rest.change(rest.post("/sites/" + site + "/purge"));
        onHost("groupadd -g $((70000 + N)) s_N; useradd -u $((70000 + N)) -g $((70000 + N)) -M s_N", site);
        onHost("mkdir -p /srv/sites/s_N/releases /srv/sites/.removing-N /etc/berth/php/N.new", site);
        onHost("systemctl set-property berth-site-N.slice TasksMax=5", site);
        onHost("touch /var/log/nginx/sites/N.error.log.1 /var/lib/berth/flags/N.deleted", site);
        onHost("touch /var/lib/berth/host/nginx/pending/N; echo N >/var/lib/berth/host/names/NAME", site);
        onHost("mariadb -e 'create database s_N; create user s_N@localhost'", site);
        onHost("systemctl start berth-db@N.socket", site).orFail();
        onHost("mariadb --socket=/run/berth/databases/N/mysqld.sock -e 'select 1'", site);
        onHost("systemctl stop berth-db@N.socket; rm -r /run/berth/databases/N", site)
                .orFail();
        onHost("systemd-run --unit=berth-tenant-N --slice=berth-site-N.slice sleep 600", site)
                .orFail();
        onHost("systemd-run --unit=doctor-N --uid=$((70000 + N)) sleep 600", site)
                .orFail();
        var finding = only(site);
        assertThat(places(finding))
                .contains(
                        "berth-db@" + site + ".service",
                        "berth-tenant-" + site + ".service",
                        "ps -U " + (70_000 + site));
        assertThat(finding.getString("code")).isEqualTo("doctor-left");
        assertThat(finding.getString("remedy")).isEqualTo("CLEAN");
        var job = repaired(site);
        assertThat(job.getString("state")).as(job.toString()).isEqualTo("SUCCEEDED");
        assertThat(found(site)).isEmpty();
        assertThat(onHost(
                                "systemctl list-units --plain --no-legend 'berth-*N.*' | grep -w N; pgrep -u $((70000 + N))",
                                site)
                        .out())
                .isEmpty();
        assertThat(onHost("getent passwd s_N; ls -d /srv/sites/*s_N /var/log/nginx/sites/N.*", site)
                        .text())
                .isEmpty();
    }

    @Test
    void touchesNothingThatItDoesNotKnow() {
        // Beyond what this host has given out; the panel never does.
        var number = 29_000;
        onHost("mkdir -p /srv/sites/s_N; mariadb -e 'create database s_N'", number);
        try {
            assertThat(only(number).getString("code")).isEqualTo("doctor-unknown");
            assertThat(repair(number).status()).isEqualTo(404);
            assertThat(onHost("ls -d /srv/sites/s_N; mariadb -Ne \"show databases like 's_N'\"", number)
                            .out()
                            .lines())
                    .hasSize(2);
        } finally {
            onHost("rmdir /srv/sites/s_N; mariadb -e 'drop database s_N'", number);
        }
        assertThat(found(number)).isEmpty();
    }

    @Test
    void touchesNoUserThatIsSomebodyElses() {
        var site = siteWithDatabase();
        onHost("userdel -f s_N; groupdel s_N; useradd -u $((70000 + N)) -M stranger-N", site);
        assertThat(only(site).getString("code")).isEqualTo("doctor-foreign");
        assertThat(repairs(site)).isEmpty();
        onHost("userdel stranger-N", site);
        repaired(site);
        assertThat(found(site)).isEmpty();
    }

    @Test
    void leavesOutASiteThatAJobWorksOnAndNamesIt() {
        var site = siteWithDatabase();
        var accepted = HeldLock.during("site-" + site, () -> {
            var job = rest.post("/sites/" + name + "/suspend", reason()).expect(202);
            assertThat(found(site)).isEmpty();
            assertThat(report().getJsonArray("busy").getValuesAs(JsonObject.class))
                    .extracting(busy -> busy.getInt("id"))
                    .contains(site);
            return job;
        });
        rest.change(accepted);
    }

    @Test
    void tellsOfALockThatIsHeldWithoutAJob() {
        var site = siteWithDatabase();
        HeldLock.during("site-" + site, () -> {
            assertThat(only(site).getString("code")).isEqualTo("doctor-locked");
            return site;
        });
        assertThat(found(site)).isEmpty();
    }

    @Test
    void tellsAtTheCommandLineByItsExitCodeAndRepairsThere() {
        var site = siteWithDatabase();
        onHost("rm /etc/berth/nginx/sites/N.conf; systemctl reload nginx", site);
        var sick = LabHost.berth("doctor").run();
        assertThat(sick.exit()).isEqualTo(8);
        assertThat(sick.out())
                .contains("* The web server does not serve " + name)
                .contains("missing     /etc/berth/nginx/sites/" + site + ".conf");
        var mended = LabHost.berth("doctor", "--repair").run();
        assertThat(mended.err()).contains("succeeded  Repair site " + name);
        assertThat(mended.out()).doesNotContain(name);
        assertThat(mended.exit()).isEqualTo(report().getBoolean("healthy") ? 0 : 8);
        assertThat(LabHost.fetch(name, "/here.php").body()).isEqualTo("here");
        assertThat(LabHost.berth("doctor", "now").run().exit()).isEqualTo(2);
    }

    @Test
    void isForAdministratorsAlone() {
        var owner = People.owner("healthy");
        assertThat(owner.rest().get("/doctor").status()).isEqualTo(403);
        assertThat(owner.rest()
                        .post("/doctor/repair", Json.createObjectBuilder())
                        .status())
                .isEqualTo(403);
        try (var panel = new Panel().login(owner)) {
            assertThat(panel.page().locator(".sidebar a[href='/doctor']").count())
                    .isZero();
            assertThat(panel.page().navigate(LabHost.panel() + "/doctor").status())
                    .isEqualTo(403);
        }
    }

    @Test
    void refusesWishesThatItDoesNotUnderstand() {
        assertThat(rest.send("POST", "/doctor/repair", "{\"sites\":\"1\"}").status())
                .isEqualTo(422);
        assertThat(rest.send("POST", "/doctor/repair", "{\"site\":1}").status()).isEqualTo(422);
        assertThat(rest.send("POST", "/doctor/repair", "[]").status()).isEqualTo(400);
        assertThat(repair("../etc").status()).isEqualTo(404);
    }

    @Test
    void isAPageOnWhichEachFindingHasItsRepair() {
        var site = siteWithDatabase();
        onHost("rm /etc/berth/nginx/sites/N.conf; systemctl reload nginx", site);
        try (var panel = new Panel().login(People.administrator())) {
            panel.open("/doctor");
            var finding = "[data-test=finding][data-site='" + site + "']";
            assertThat(panel.page().locator(finding).textContent()).contains(name);
            panel.isSound();
            panel.page().click(finding + " [data-test=repair]");
            panel.jobEnds("SUCCEEDED");
            panel.open("/doctor").isSound();
            assertThat(panel.page().locator(finding).count()).isZero();
        }
        assertThat(LabHost.fetch(name, "/here.php").body()).isEqualTo("here");
    }

    private int siteWithDatabase() {
        var job = rest.change(rest.post(
                "/sites",
                Json.createObjectBuilder().add("name", name).add("type", "PHP").add("database", true)));
        var site = job.getJsonObject("site").getInt("id");
        LabHost.program("tee", "/srv/sites/s_" + site + "/current/public/here.php")
                .run(PAGE)
                .orFail();
        onHost("chown s_N: /srv/sites/s_N/current/public/here.php", site);
        return site;
    }

    private JsonObject report() {
        return rest.get("/doctor").expect(200).json();
    }

    /** What is said of a site. */
    private List<JsonObject> found(int site) {
        return report().getJsonArray("findings").getValuesAs(JsonObject.class).stream()
                .filter(finding -> finding.containsKey("site")
                        && finding.getJsonObject("site").getInt("id") == site)
                .toList();
    }

    private JsonObject only(int site) {
        var found = found(site);
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static Set<String> places(JsonObject finding) {
        return Stream.of("missing", "surplus")
                .flatMap(key -> finding.getJsonArray(key).getValuesAs(JsonString::getString).stream())
                .collect(java.util.stream.Collectors.toCollection(TreeSet::new));
    }

    private List<JsonObject> repairs(int site) {
        return repair(site).expect(202).json().getJsonArray("jobs").getValuesAs(JsonObject.class);
    }

    private Answer repair(Object site) {
        return rest.post("/doctor/repair", Json.createObjectBuilder().add("site", String.valueOf(site)));
    }

    private JsonObject repaired(int site) {
        var jobs = repairs(site);
        assertThat(jobs).hasSize(1);
        return rest.waitFor(jobs.get(0).getInt("id"));
    }

    private Output onHost(String line, int site) {
        return LabHost.shell(line.replace("NAME", name).replaceAll("\\bN\\b|(?<=[_-])N\\b", String.valueOf(site)));
    }

    private static jakarta.json.JsonObjectBuilder reason() {
        return Json.createObjectBuilder().add("reason", "test");
    }
}
