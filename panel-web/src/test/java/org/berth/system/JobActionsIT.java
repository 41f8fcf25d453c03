package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.berth.fixture.Fresh;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("In the browser a job")
class JobActionsIT {

    private final RestClient rest = People.administrator().rest();

    @Test
    void isFollowedInItsPageAndTheTrayAndTakenBackWhenCancelled() {
        var name = Fresh.siteName("cancelled");
        var owner = People.owner("waiting");
        try (var panel = new Panel().login(owner)) {
            WebServer.waits(() -> {
                panel.open("/sites/new").page().fill("#name", name);
                panel.press("create");
                panel.page().waitForURL(Pattern.compile(".*/jobs/\\d+.*"));
                panel.page().waitForSelector("[data-step=php][data-state=DONE]");
                panel.page().waitForSelector("[data-step=vhost][data-state=RUNNING]");
                panel.page().waitForSelector("#tray-count .count");
                panel.press("tray");
                assertThat(panel.page().textContent("#tray-jobs"))
                        .contains(name)
                        .contains("3/4");
                panel.isSound().page().keyboard().press("Escape");
                panel.press("cancel");
                panel.has(0, "[data-test=cancel]");
            });
            panel.jobEnds("CANCELLED").isSound();
            assertThat(LabHost.fetch(name, "/").status()).isEqualTo(404);
            panel.press("again");
            assertThat(panel.page().inputValue("#name")).isEqualTo(name);
            panel.press("create");
            panel.jobEnds("SUCCEEDED");
            assertThat(LabHost.fetch(name, "/").status()).isEqualTo(200);
            assertThat(panel.complaints()).isEmpty();
        }
    }

    @Test
    void thatFailedShowsTheLogOfItsStepAndGoesOnWhenRetried() {
        var site = rest.createSite(Fresh.siteName("failed"), "STATIC");
        var alias = Fresh.siteName("later");
        try (var panel = new Panel().login(People.administrator())) {
            WebServer.refuses(site.getInt("id"), () -> {
                panel.open("/sites/" + site.getInt("id") + "/domains");
                panel.page().fill("#aliases", alias);
                panel.press("save-names");
                panel.jobEnds("FAILED").isSound();
            });
            assertThat(panel.part("problem").isVisible()).isTrue();
            assertThat(panel.page()
                            .locator("[data-step=vhost] details[open] pre")
                            .isVisible())
                    .isTrue();
            var job = panel.page().url();
            panel.open("/");
            assertThat(panel.part("attention").innerHTML())
                    .contains(job.substring(LabHost.panel().toString().length()));
            panel.page().navigate(job);
            panel.press("retry");
            panel.jobEnds("SUCCEEDED").isSound();
            assertThat(LabHost.fetch(alias, "/").status()).isEqualTo(200);
            assertThat(panel.complaints()).isEmpty();
        }
    }
}
