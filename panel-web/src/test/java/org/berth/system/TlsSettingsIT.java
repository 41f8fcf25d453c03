package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import org.berth.fixture.Eventually;
import org.berth.fixture.Fresh;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A site that forces HTTPS")
class TlsSettingsIT {

    private final RestClient rest = People.administrator().rest();

    @Test
    void leadsVisitorsThereButAnswersAuthoritiesAndPreviewsAllTheSame() {
        var name = Fresh.siteName("forced");
        rest.createSite(name, "STATIC");
        var asked = LabHost.berth("site", "update", name, "--force-https", "on").run();
        assertThat(asked.exit()).isEqualTo(4);
        assertThat(asked.err()).contains("signed itself");
        LabHost.berth("site", "update", name, "--force-https", "on", "--confirm")
                .run()
                .orFail();

        var answer = LabHost.fetch(name, "/a%20b?c=d");
        assertThat(answer.status()).isEqualTo(301);
        assertThat(answer.header("Location")).contains("https://" + name + "/a%20b?c=d");
        LabHost.shell("echo answer > /var/lib/berth/visitors/.well-known/acme-challenge/" + name);
        assertThat(LabHost.fetch(name, "/.well-known/acme-challenge/" + name).body())
                .isEqualTo("answer\n");
        LabHost.run("rm", "/var/lib/berth/visitors/.well-known/acme-challenge/" + name);

        var link = LabHost.berth("site", "preview", name).run().orFail().text();
        assertThat(LabHost.run("curl", "--silent", "--insecure", "--location", link)
                        .out())
                .contains(name);
        assertThat(LabHost.doctor()).doesNotContain(name);

        LabHost.berth("site", "update", name, "--force-https", "off").run().orFail();
        assertThat(LabHost.fetch(name, "/").status()).isEqualTo(200);
    }

    @Test
    void isMadeSoOnItsPageByWhoSaysTwiceThatBrowsersMayWarn() {
        var site = rest.createSite(Fresh.siteName("paged"), "STATIC");
        try (var panel = new Panel().login(People.administrator())) {
            var page =
                    panel.open("/sites/" + site.getInt("id") + "/certificate").page();
            page.check("#forceHttps");
            panel.press("save-tls");
            page.locator("[data-field=confirmed] .wrong").waitFor();
            assertThat(page.isChecked("#forceHttps")).isTrue();
            assertThat(page.textContent("[data-field=confirmed]")).contains("signed itself");
            panel.isSound();
            page.selectOption("#hsts", "5-minutes");
            panel.press("save-tls");
            page.locator("[data-field=hsts] .wrong").waitFor();
            page.selectOption("#hsts", "off");
            panel.press("save-tls");
            page.check("#confirmed");
            panel.press("save-tls");
            panel.jobEnds("SUCCEEDED");
            panel.open("/sites/" + site.getInt("id") + "/certificate");
            assertThat(page.isChecked("#forceHttps")).isTrue();
            assertThat(panel.complaints()).isEmpty();
        }
        assertThat(LabHost.fetch(site.getString("name"), "/").status()).isEqualTo(301);
    }

    @Test
    void answersOverHttp3WhereTheHostHasItUntilThatIsTurnedOff() {
        var host = rest.get("/status").json().getJsonObject("host");
        Assumptions.assumeTrue(host.getBoolean("http3"), "this nginx was built without HTTP/3");
        var name = Fresh.siteName("quic");
        rest.createSite(name, "PHP");
        LabHost.berth("site", "update", name, "--http3", "on").run().orFail();
        // Those take in datagrams of new visitors as well, and answer none of them.
        Eventually.holds(
                "no worker of before is left",
                () -> LabHost.program("pgrep", "-f", "[n]ginx: worker process is shutting down")
                                .run()
                                .exit()
                        == 1);
        assertThat(visit(name, "--http3-only").out())
                .startsWith("HTTP/3 200")
                .contains("alt-svc: h3=\":443\"")
                .contains(name);
        assertThat(visit(name, "--http2").out()).startsWith("HTTP/2 200").contains("alt-svc: h3");
        LabHost.berth("site", "update", name, "--http3", "off").run().orFail();
        assertThat(visit(name, "--http2").out()).startsWith("HTTP/2 200").contains("alt-svc: clear");
        assertThat(visit(name, "--http3-only").out()).doesNotContain(name);
    }

    private static Output visit(String name, String version) {
        return LabHost.program(
                        "curl",
                        version,
                        "--insecure",
                        "--include",
                        "--silent",
                        "--max-time",
                        "20",
                        "--connect-to",
                        "::127.0.0.1:443",
                        "https://" + name + "/")
                .run();
    }

    @Test
    void isFoundByTheDoctorWhenSomebodyTookThatAway() {
        var name = Fresh.siteName("lost");
        var id = rest.createSite(name, "STATIC").getInt("id");
        rest.change(rest.patch(
                "/sites/" + name,
                Json.createObjectBuilder().add("forceHttps", true).add("confirmed", true)));
        LabHost.shell("for f in /etc/berth/nginx/sites /var/lib/berth/host/nginx/good; do sed -i '/berth_tls/d' $f/"
                + id + ".conf; done");
        assertThat(LabHost.doctor()).contains(name);
        LabHost.berth("doctor", "--repair").run();
        assertThat(LabHost.fetch(name, "/").status()).isEqualTo(301);
    }
}
