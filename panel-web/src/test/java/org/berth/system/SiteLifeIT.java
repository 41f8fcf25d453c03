package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import org.berth.fixture.Eventually;
import org.berth.fixture.Fresh;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A site")
class SiteLifeIT {

    private final RestClient rest = People.administrator().rest();

    @Test
    void isThereWhenTheCommandHasEnded() {
        var name = Fresh.siteName("life");
        LabHost.berth("site", "create", name, "--type", "php").run().orFail();
        assertThat(LabHost.fetch(name, "/").status()).isEqualTo(200);
    }

    @Test
    void answersOverTlsFromItsFirstSecondWithACertificateForItsName() {
        var name = Fresh.siteName("life");
        var site = rest.createSite(name, "PHP");
        assertThat(overTls(site, "/")).contains(name).endsWith("200");
        LabHost.shell("echo '<?php echo $_SERVER[\"HTTPS\"] ?? \"no\", $_SERVER[\"SERVER_NAME\"];' > "
                + site.getString("home") + "/current/public/tls.php");
        assertThat(overTls(site, "/tls.php")).isEqualTo("on" + name + " 200");
        LabHost.berth("site", "suspend", name, "--reason", "test").run().orFail();
        assertThat(overTls(site, "/tls.php")).endsWith(" 503");
    }

    private static String overTls(JsonObject site, String path) {
        return LabHost.run(
                        "curl",
                        "--silent",
                        "--show-error",
                        "--connect-to",
                        "::127.0.0.1:443",
                        "--cacert",
                        "/var/lib/berth/tls/" + site.getInt("id") + "/own-1.pem",
                        "--write-out",
                        " %{http_code}",
                        "https://" + site.getString("name") + path)
                .text();
    }

    @Test
    void answers503WithAReasonToComeBackWhileItIsSuspendedAndKeepsItsFiles() {
        var name = Fresh.siteName("life");
        var home = rest.createSite(name, "STATIC").getString("home");
        LabHost.shell("echo precious > " + home + "/current/public/file.txt");

        LabHost.berth("site", "suspend", name, "--reason", "invoice unpaid")
                .run()
                .orFail();

        var visit = LabHost.fetch(name, "/file.txt");
        assertThat(visit.status()).isEqualTo(503);
        assertThat(visit.header("Retry-After")).contains("3600");
        assertThat(visit.body()).doesNotContain("precious").doesNotContain("invoice unpaid");
        var site = rest.site(name);
        assertThat(site.getString("state")).isEqualTo("SUSPENDED");
        assertThat(site.getString("suspendReason")).isEqualTo("invoice unpaid");

        LabHost.berth("site", "resume", name).run().orFail();
        assertThat(LabHost.fetch(name, "/file.txt").body()).isEqualTo("precious\n");
    }

    @Test
    void runsNoPhpWhileItIsSuspended() {
        var name = Fresh.siteName("life");
        var site = rest.createSite(name, "PHP");
        var id = site.getInt("id");
        putPhp(site);
        assertThat(LabHost.fetch(name, "/hello.php").body()).isEqualTo("hello");
        assertThat(phpProcesses(id)).isPositive();

        rest.change(rest.post(
                "/sites/" + name + "/suspend", Json.createObjectBuilder().add("reason", "test")));

        assertThat(phpProcesses(id)).isZero();
        rest.change(rest.post("/sites/" + name + "/resume"));
        assertThat(LabHost.fetch(name, "/hello.php").body()).isEqualTo("hello");
    }

    @Test
    void hasNoPhpProcessBeforeItsFirstVisitor() {
        var name = Fresh.siteName("life");
        var site = rest.createSite(name, "PHP");
        putPhp(site);
        assertThat(phpProcesses(site.getInt("id"))).isZero();
        assertThat(LabHost.fetch(name, "/hello.php").body()).isEqualTo("hello");
        assertThat(phpProcesses(site.getInt("id"))).isPositive();
    }

    @Test
    void isGoneForVisitorsWhenDeletedAndComesBackWithItsFilesAndDatabase() {
        var name = Fresh.siteName("life");
        var job = rest.change(rest.post(
                "/sites",
                Json.createObjectBuilder().add("name", name).add("type", "PHP").add("database", true)));
        assertThat(job.getString("state")).isEqualTo("SUCCEEDED");
        var site = rest.site(name);
        var database = "s_" + site.getInt("id");
        LabHost.shell("echo precious > " + site.getString("home") + "/current/public/file.txt");
        LabHost.run("mariadb", "-e", "create table " + database + ".t as select 42 as n");

        LabHost.berth("site", "delete", name, "--yes").run().orFail();

        assertThat(LabHost.fetch(name, "/file.txt").status()).isEqualTo(410);
        var deleted = rest.site(name);
        assertThat(deleted.getString("state")).isEqualTo("DELETED");
        assertThat(deleted.getString("purgeAt")).isGreaterThan(deleted.getString("deletedAt"));

        LabHost.berth("site", "restore", name).run().orFail();
        assertThat(LabHost.fetch(name, "/file.txt").body()).isEqualTo("precious\n");
        assertThat(LabHost.run("mariadb", "-Ne", "select n from " + database + ".t")
                        .text())
                .isEqualTo("42");
    }

    @Test
    void leavesNothingBehindWhenItIsPurged() {
        var name = Fresh.siteName("life");
        rest.change(rest.post(
                "/sites",
                Json.createObjectBuilder().add("name", name).add("type", "PHP").add("database", true)));
        var id = rest.site(name).getInt("id");
        LabHost.fetch(name, "/");
        LabHost.berth("site", "delete", name, "--yes").run().orFail();
        LabHost.berth("site", "purge", name, "--yes").run().orFail();

        // A count of its files that was under way has used its slice, which systemd forgets when that has ended.
        Eventually.holds("nothing is left of the site", () -> traces(id).isEmpty());
        assertThat(LabHost.fetch(name, "/").status()).isEqualTo(404);
        // The name is free again; the number is not.
        assertThat(rest.createSite(name, "STATIC").getInt("id")).isGreaterThan(id);
    }

    @Test
    void cannotBePurgedWhileItServes() {
        var name = Fresh.siteName("life");
        rest.createSite(name, "STATIC");
        rest.post("/sites/" + name + "/purge").expect(409);
        assertThat(LabHost.fetch(name, "/").status()).isEqualTo(200);
    }

    @Test
    void answersByItsOtherNamesAsChosen() {
        var name = Fresh.siteName("life");
        var alias = Fresh.siteName("alias");
        LabHost.berth("site", "create", name, "--type", "static", "--www", "redirect-to-bare", "--alias", alias)
                .run()
                .orFail();
        var www = LabHost.fetch("www." + name, "/a?b=c");
        assertThat(www.status()).isEqualTo(301);
        assertThat(www.header("Location")).contains("http://" + name + "/a?b=c");
        assertThat(LabHost.fetch(alias, "/").status()).isEqualTo(200);

        LabHost.berth("site", "update", name, "--www", "serve-both", "--no-aliases")
                .run()
                .orFail();
        assertThat(LabHost.fetch("www." + name, "/").status()).isEqualTo(200);
        assertThat(LabHost.fetch(alias, "/").status()).isEqualTo(404);
    }

    @Test
    void keepsAnsweringWhileThePanelAndItsDatabaseAreDown() {
        var name = Fresh.siteName("life");
        rest.createSite(name, "PHP");
        LabHost.run("systemctl", "stop", "berth.service", "mariadb@berth.service");
        try {
            assertThat(LabHost.fetch(name, "/").status()).isEqualTo(200);
            assertThat(LabHost.berth("site", "list").run().exit()).isEqualTo(7);
        } finally {
            LabHost.run("systemctl", "start", "mariadb@berth.service", "berth.service");
        }
        Eventually.holds(
                "the panel answers", () -> LabHost.berth("site", "list").run().exit() == 0);
    }

    /** The page of a new site is a file; this one is a program. */
    private static void putPhp(JsonObject site) {
        LabHost.shell("printf '<?php echo \"hello\";' > " + site.getString("home") + "/current/public/hello.php");
    }

    private static long phpProcesses(int id) {
        return LabHost.shell("pgrep -c -u s_" + id + " php || true").text().transform(Long::parseLong);
    }

    /** What of a site is left on the host. */
    private static String traces(int id) {
        return LabHost.shell("getent passwd s_%1$d; getent group s_%1$d; ls -d /srv/sites/s_%1$d /etc/berth/php/%1$d"
                                .formatted(id)
                        + " /etc/berth/nginx/sites/%1$d.conf /run/berth/php/%1$d.sock /var/lib/berth/flags/%1$d.* 2>/dev/null;"
                                .formatted(id)
                        + " systemctl list-units --all --no-legend 'berth-php@%1$d.*' 'berth-site-%1$d.slice';"
                                .formatted(id)
                        + " mariadb -Ne \"show databases like 's\\_%1$d'; select user from mysql.user where user = 's_%1$d'\""
                                .formatted(id))
                .text();
    }
}
