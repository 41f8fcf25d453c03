package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Response;
import jakarta.json.JsonObject;
import java.net.IDN;
import org.berth.fixture.Fresh;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("In the browser a site")
class SiteActionsIT {

    private final RestClient rest = People.administrator().rest();
    private static Panel panel;

    @BeforeAll
    static void logIn() {
        panel = new Panel().login(People.administrator());
    }

    @AfterAll
    static void nothingWasComplainedAbout() {
        assertThat(panel.complaints()).isEmpty();
        panel.close();
    }

    @Test
    void isCreatedWithEverythingChosen() {
        var owner = People.owner("chosen");
        var random = Fresh.random();
        var name = "blüte-" + random + ".com";
        panel.open("/sites/new");
        var page = panel.page();
        page.fill("#name", name);
        page.waitForSelector("#verdict .verdict-good");
        assertThat(panel.part("verdict").textContent()).contains(name).contains(IDN.toASCII(name));
        page.locator("#owner_input").press("Control+A");
        page.keyboard().type(owner.login());
        page.click(".ui-autocomplete-item:has-text('" + owner.login() + "')");
        panel.press("more");
        page.check("input[name=kind][value=static]");
        page.waitForSelector("#phpVersion", hidden());
        page.check("input[name=kind][value=php-database]");
        panel.has(5, "#planned li");
        page.selectOption("#www", "serve-both");
        page.fill("#aliases", "first-" + random + ".com\nälias-" + random + ".com");
        panel.isSound().press("create");
        panel.jobEnds("SUCCEEDED").isSound().press("to-site");
        panel.siteIs("ACTIVE").isSound();

        var site = rest.site(IDN.toASCII(name));
        assertThat(site.getString("owner")).isEqualTo(owner.login());
        assertThat(site.getBoolean("database")).isTrue();
        for (var answers : new String[] {name, "www." + name, "first-" + random + ".com", "älias-" + random + ".com"}) {
            assertThat(LabHost.fetch(IDN.toASCII(answers), "/").status())
                    .as(answers)
                    .isEqualTo(200);
        }
    }

    @Test
    void tellsWhileOneTypesThatItsNameIsTaken() {
        var name = made("taken", "STATIC").getString("name");
        panel.open("/sites/new").page().fill("#name", name);
        panel.page().waitForSelector("#verdict .verdict-bad");
        assertThat(panel.part("verdict").textContent())
                .contains(name + " is taken")
                .contains("Choose another name");
        panel.isSound();
    }

    @Test
    void isSeenInItsPreviewBeforeItsDnsPointsHere() {
        var name = open(made("look", "PHP"));
        var preview = panel.page().waitForPopup(() -> panel.press("preview"));
        preview.waitForLoadState();
        assertThat(preview.url()).startsWith(LabHost.panel() + "/preview/");
        assertThat(preview.textContent("body")).contains(name).contains("waiting for its first page");
        // Of no origin at all, so that its scripts reach nothing of the panel.
        assertThat(preview.evaluate("self.origin")).isEqualTo("null");
        Response answer = preview.reload();
        assertThat(answer.headerValue("content-security-policy")).contains("sandbox");
        preview.close();
        // The form is not used up by its first answer, which went to another tab.
        panel.page().waitForPopup(() -> panel.press("preview")).close();
    }

    @Test
    void tellsByItselfWhichDnsRecordsAreMissing() {
        var name = open(made("dns", "STATIC"));
        panel.page().waitForSelector("[data-test=dns-hint][data-status=MISSING]");
        panel.isSound();
        var value = panel.page().locator(".records .value [data-copy]").first();
        value.click();
        assertThat(panel.clipboard()).isEqualTo(LabHost.ip());
        panel.page().locator(".records [data-copy]").first().click();
        assertThat(panel.clipboard()).isEqualTo(name);
    }

    @Test
    void changesItsNames() {
        var name = open(made("names", "STATIC"));
        var alias = Fresh.siteName("alias");
        panel.page().click(".tab[href$='/domains']");
        panel.page().fill("#aliases", alias);
        panel.page().selectOption("#www", "none");
        panel.press("save-names");
        panel.jobEnds("SUCCEEDED");
        assertThat(LabHost.fetch(alias, "/").status()).isEqualTo(200);
        assertThat(LabHost.fetch("www." + name, "/").status()).isEqualTo(404);
        panel.press("to-site");
        panel.page().click(".tab[href$='/domains']");
        assertThat(panel.page().inputValue("#aliases")).isEqualTo(alias);
    }

    @Test
    void changesItsVersionOfPhp() {
        var site = made("version", "PHP");
        open(site);
        panel.page().click(".tab[href$='/php']");
        panel.isSound();
        var versions = panel.page().locator("#phpVersion option").allInnerTexts();
        assertThat(versions).as("lab.sh up --php82 makes a host with two").hasSizeGreaterThan(1);
        panel.page().selectOption("#phpVersion", versions.get(1).replace("PHP ", ""));
        panel.press("save-php");
        panel.jobEnds("SUCCEEDED");
        LabHost.shell("echo '<?php echo PHP_VERSION;' > " + site.getString("home") + "/current/public/v.php");
        assertThat("PHP " + LabHost.fetch(site.getString("name"), "/v.php").body())
                .startsWith(versions.get(1));
    }

    @Test
    void isSuspendedWithAReasonAndResumed() {
        var name = open(made("pause", "PHP"));
        panel.press("suspend-open");
        panel.isSound().page().fill("#reason", "Unpaid <b>bill</b>");
        panel.press("do-suspend");
        panel.jobEnds("SUCCEEDED").press("to-site");
        panel.siteIs("SUSPENDED").isSound();
        assertThat(panel.page().textContent("#site-head")).contains("Unpaid <b>bill</b>");
        assertThat(LabHost.fetch(name, "/").status()).isEqualTo(503);
        panel.press("resume");
        panel.jobEnds("SUCCEEDED").press("to-site");
        panel.siteIs("ACTIVE");
        assertThat(LabHost.fetch(name, "/").status()).isEqualTo(200);
    }

    @Test
    void isDeletedRestoredAndRemovedForGoodOnceItsNameIsTyped() {
        var site = made("gone", "PHP");
        var name = open(site);
        delete(name);
        assertThat(LabHost.fetch(name, "/").status()).isEqualTo(410);
        panel.press("restore");
        panel.jobEnds("SUCCEEDED").press("to-site");
        panel.siteIs("ACTIVE");
        assertThat(LabHost.fetch(name, "/").status()).isEqualTo(200);

        delete(name);
        panel.page().click(".tab[href$='/danger']");
        panel.press("purge-open");
        panel.isSound();
        assertThat(panel.part("do-purge").isDisabled()).isTrue();
        panel.page().fill("#purge-name", name);
        panel.press("do-purge");
        panel.jobEnds("SUCCEEDED").isSound();
        assertThat(LabHost.shell("ls -d " + site.getString("home")).exit()).isNotZero();

        // What is gone is still told of, but leads nowhere.
        panel.open("/audit?search=" + name).isSound();
        var row = panel.page().locator("[data-list] tbody tr").first();
        assertThat(row.textContent()).contains(name);
        assertThat(row.locator("a[href^='/sites/']").count()).isZero();
    }

    @Test
    void showsThePasswordOfItsDatabaseAndRemembersWhoSaw() {
        var site = rest.change(rest.send(
                "POST",
                "/sites",
                "{\"name\":\"%s\",\"type\":\"PHP\",\"database\":true}".formatted(Fresh.siteName("secret"))));
        var id = site.getJsonObject("site").getInt("id");
        panel.open("/sites/" + id + "/database").isSound().press("reveal-password");
        var password = panel.part("database-password").textContent();
        panel.isSound().page().click(".secret [data-copy]");
        assertThat(panel.clipboard()).isEqualTo(password);
        assertThat(LabHost.program("env", "MYSQL_PWD=" + password, "mariadb", "-us_" + id, "-Ne", "select 1")
                        .run()
                        .orFail()
                        .text())
                .isEqualTo("1");
        var entry = rest.get("/audit?action=site:read-database-password&id=" + id)
                .items()
                .getJsonObject(0);
        assertThat(entry.getJsonObject("target").getString("name"))
                .isEqualTo(site.getJsonObject("site").getString("name"));
    }

    private void delete(String name) {
        panel.page().click(".tab[href$='/danger']");
        panel.isSound().press("delete-open");
        panel.isSound();
        panel.page().fill("#delete-name", "not-" + name);
        assertThat(panel.part("do-delete").isDisabled()).isTrue();
        panel.page().fill("#delete-name", name);
        panel.press("do-delete");
        panel.jobEnds("SUCCEEDED").press("to-site");
        panel.siteIs("DELETED").isSound();
    }

    private JsonObject made(String about, String type) {
        return rest.createSite(Fresh.siteName(about), type);
    }

    private String open(JsonObject site) {
        panel.open("/sites/" + site.getInt("id"));
        return site.getString("name");
    }

    private static com.microsoft.playwright.Page.WaitForSelectorOptions hidden() {
        return new com.microsoft.playwright.Page.WaitForSelectorOptions()
                .setState(com.microsoft.playwright.options.WaitForSelectorState.HIDDEN);
    }
}
