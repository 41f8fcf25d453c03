package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.berth.fixture.Eventually;
import org.berth.fixture.Fresh;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A site whose configuration the web server refuses")
class QuarantineIT {

    private final Person owner = People.owner("refused");
    private final RestClient rest = People.administrator().rest();

    @Test
    void isServedAsBeforeSaysSoAndIsMendedByTheDoctor() {
        var broken = Fresh.siteName("broken");
        var beside = Fresh.siteName("beside");
        var id = owner.rest().createSite(broken, "PHP").getInt("id");

        LabHost.shell("echo 'no_such_word on;' >> /etc/berth/nginx/sites/" + id + ".conf");
        rest.createSite(beside, "STATIC");

        assertThat(LabHost.fetch(beside, "/").status()).isEqualTo(200);
        assertThat(LabHost.fetch(broken, "/").status()).isEqualTo(200);
        Eventually.holds("the site says so", () -> rest.site(broken).containsKey("quarantine"));
        assertThat(rest.site(broken).getJsonObject("quarantine").getString("why"))
                .contains("no_such_word");
        assertThat(LabHost.berth("site", "info", broken).run().out()).contains("refused this site's configuration");
        // Its report is kept for some seconds.
        Eventually.holds(
                "the host says so",
                () -> LabHost.berth("status").run().out().contains("The web server refused the configuration"));
        // Its words may tell of other sites.
        assertThat(owner.rest().site(broken).getJsonObject("quarantine").getString("why"))
                .doesNotContain("no_such_word");
        try (var panel = new Panel().login(owner)) {
            panel.open("/sites/" + broken);
            assertThat(panel.page().locator("[data-code=site-quarantined]").textContent())
                    .contains("The web server refused this site's configuration.");
            panel.isSound();
        }
        LabHost.berth("doctor", "--repair").run();
        Eventually.holds("it is mended", () -> !rest.site(broken).containsKey("quarantine"));
        assertThat(LabHost.fetch(broken, "/").status()).isEqualTo(200);
    }
}
