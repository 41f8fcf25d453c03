package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.util.Locale;
import org.berth.fixture.Eventually;
import org.berth.fixture.Fresh;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A new site")
class SiteCreationIT {

    private final RestClient rest = People.administrator().rest();

    @ParameterizedTest(name = "{0}, database {1}")
    @CsvSource({"STATIC,false", "PHP,false", "PHP,true"})
    void madeByRestAnswers(String type, boolean database) {
        var name = Fresh.siteName("rest");
        var job = rest.change(rest.post(
                "/sites",
                Json.createObjectBuilder().add("name", name).add("type", type).add("database", database)));
        assertThat(job.getString("state")).isEqualTo("SUCCEEDED");
        answersEverywhere(name, type, database);
    }

    @ParameterizedTest(name = "{0}, database {1}")
    @CsvSource({"STATIC,false", "PHP,false", "PHP,true"})
    void madeByTheCommandAnswers(String type, boolean database) {
        var name = Fresh.siteName("cli");
        var command = LabHost.berth("site", "create", name, "--type", type.toLowerCase(Locale.ROOT));
        (database ? command.with("--database") : command).run().orFail();
        answersEverywhere(name, type, database);
    }

    @ParameterizedTest(name = "{0}, database {1}")
    @CsvSource({"STATIC,false", "PHP,false", "PHP,true"})
    void madeInTheBrowserAnswers(String type, boolean database) {
        var name = Fresh.siteName("web");
        try (var panel = new Panel()) {
            panel.login(People.administrator())
                    .createSite(name, database ? "php-database" : type.toLowerCase(Locale.ROOT));
        }
        answersEverywhere(name, type, database);
    }

    @Test
    void withAnInternationalNameIsFoundByBothForms() {
        var random = Fresh.random();
        var name = "bücher-" + random + ".com";
        var ascii = java.net.IDN.toASCII(name);
        LabHost.berth("site", "create", name, "--type", "static").run().orFail();
        var site = rest.site(ascii);
        assertThat(site.getString("name")).isEqualTo(ascii);
        assertThat(site.getString("unicodeName")).isEqualTo(name);
        assertThat(LabHost.fetch(ascii, "/").status()).isEqualTo(200);
        assertThat(rest.site(RestClient.part(name)).getInt("id")).isEqualTo(site.getInt("id"));
        assertThat(LabHost.berth("site", "info", name).run().orFail().out()).contains(name, ascii);
        LabHost.berth("site", "suspend", name, "--reason", "test").run().orFail();
        assertThat(LabHost.fetch(ascii, "/").status()).isEqualTo(503);
    }

    @Test
    void isShownBeforeItsDnsPointsHereAndThePanelStaysOutOfItsReach() {
        var name = Fresh.siteName("preview");
        var home = rest.createSite(name, "STATIC").getString("home");
        LabHost.shell(
                "printf '<h1>Hello from before DNS</h1><script>document.title=document.cookie?\"leak\":\"clean\"</script>' > %s/current/public/index.html"
                        .formatted(home));
        var link = LabHost.berth("site", "preview", name).run().orFail().text();
        try (var panel = new Panel()) {
            panel.login(People.administrator());
            var response = panel.page().navigate(link);
            assertThat(response.status()).isEqualTo(200);
            assertThat(panel.heading().textContent()).isEqualTo("Hello from before DNS");
            assertThat(response.headerValue("content-security-policy"))
                    .contains("sandbox")
                    .doesNotContain("allow-same-origin");
        }
    }

    @Test
    void tellsWhichDnsRecordsToSet() {
        var name = Fresh.siteName("dns");
        rest.createSite(name, "STATIC");
        assertThat(LabHost.berth("site", "info", name).run().orFail().out()).contains(LabHost.ip());
    }

    @Test
    void movesToAnotherVersionOfPhpWithoutAFailedRequest() {
        var versions = rest.get("/status").json().getJsonObject("host").getJsonArray("phpVersions");
        Assumptions.assumeTrue(versions.size() > 1, "the lab host has one version of PHP: lab.sh up --php82");
        var name = Fresh.siteName("switch");
        var home = rest.createSite(name, "PHP").getString("home");
        LabHost.shell("echo '<?php echo PHP_VERSION;' > " + home + "/current/public/index.php");
        var newest = versions.getString(0);
        var other = versions.getString(1);
        assertThat(LabHost.fetch(name, "/index.php").body()).startsWith(newest);

        var job = rest.patch("/sites/" + name, Json.createObjectBuilder().add("phpVersion", other))
                .expect(202);
        Eventually.holds("PHP " + other + " answers", () -> {
            var answer = LabHost.fetch(name, "/index.php");
            assertThat(answer.status()).isEqualTo(200);
            return answer.body().startsWith(other);
        });
        assertThat(rest.change(job).getString("state")).isEqualTo("SUCCEEDED");
        assertThat(rest.site(name).getString("phpVersion")).isEqualTo(other);
    }

    /** By its name with curl and with a browser, and PHP and its database do what they are for. */
    private void answersEverywhere(String name, String type, boolean database) {
        assertThat(LabHost.fetch(name, "/").status()).isEqualTo(200);
        try (var visitor = new Panel()) {
            var response = visitor.page().navigate("http://" + name + "/");
            assertThat(response.status()).isEqualTo(200);
            assertThat(visitor.page().textContent("body")).contains(name);
        }
        var site = rest.site(name);
        assertThat(site.getString("state")).isEqualTo("ACTIVE");
        assertThat(site.getBoolean("database")).isEqualTo(database);
        if ("PHP".equals(type)) {
            LabHost.shell("echo '<?php echo get_current_user(), \"/\", posix_geteuid();' > %s/current/public/who.php"
                    .formatted(site.getString("home")));
            assertThat(LabHost.fetch(name, "/who.php").body()).endsWith("/" + (70_000 + site.getInt("id")));
        }
        if (database) {
            assertThat(LabHost.run("mariadb", "-Ne", "show databases like 's\\_" + site.getInt("id") + "'")
                            .text())
                    .isEqualTo("s_" + site.getInt("id"));
            var tenant = Tenant.of(rest, name);
            tenant.put(
                    "data.php",
                    "<?php $db = new mysqli(null, 's_%1$d', '%2$s', 's_%1$d'); echo $db->query('select 40 + 2')->fetch_row()[0];"
                            .formatted(tenant.id(), tenant.password()));
            assertThat(tenant.fetch("/data.php").body()).isEqualTo("42");
            // One that systemd takes for starting is ended a while later.
            assertThat(LabHost.run("systemctl", "show", "-P", "ActiveState", "berth-db@" + tenant.id() + ".service")
                            .text())
                    .isEqualTo("active");
        }
    }
}
