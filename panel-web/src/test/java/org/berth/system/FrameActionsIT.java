package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import org.berth.fixture.Eventually;
import org.berth.fixture.Fresh;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The frame around every page")
class FrameActionsIT {

    private static Person person;
    private static String site;
    private Panel panel;
    private Page page;

    @BeforeAll
    static void thereIsSomethingToFind() {
        person = People.owner("frame");
        site = Fresh.siteName("findme");
        person.rest().createSite(site, "STATIC");
    }

    @BeforeEach
    void logIn() {
        panel = new Panel().login(person);
        page = panel.page();
    }

    @AfterEach
    void nothingWasComplainedAbout() {
        assertThat(panel.complaints()).isEmpty();
        assertThat(panel.strangers()).isEmpty();
        panel.close();
    }

    @Test
    void findsSitesPagesAndActionsByKeyboard() {
        page.keyboard().press("/");
        page.waitForSelector("#findings .finding.chosen");
        panel.isSound().page().keyboard().type(site.substring(0, 10));
        page.waitForSelector("#findings .finding.chosen:has-text('" + site + "')");
        page.keyboard().press("Enter");
        page.waitForURL("**/sites/*");
        assertThat(panel.heading().textContent()).isEqualTo(site);
        page.keyboard().press("Control+k");
        page.keyboard().type("create");
        page.waitForSelector("#findings .finding.chosen[href='/sites/new']");
        page.keyboard().press("Enter");
        page.waitForURL("**/sites/new");
        panel.open("/").page().keyboard().press("/");
        page.keyboard().type("nothing has this name");
        page.waitForSelector("#findings:not(:has(.finding))");
        panel.isSound().page().keyboard().press("Escape");
        assertThat(page.isVisible("#palette")).isFalse();
        panel.open("/search?q=" + site);
        panel.isSound().page().click("main a[href^='/sites/']");
        assertThat(panel.heading().textContent()).isEqualTo(site);
    }

    @Test
    void isLightOrDarkAsChosenElseAsTheSystem() {
        for (var theme : new String[] {"dark", "light"}) {
            page.click("summary:has(+ .menu-panel [data-theme-choice])");
            panel.isSound();
            page.waitForResponse(
                    response -> "POST".equals(response.request().method()),
                    () -> page.click("[data-theme-choice=" + theme + "]"));
            assertThat(page.getAttribute("html", "data-theme")).isEqualTo(theme);
            page.reload();
            assertThat(page.getAttribute("html", "data-theme")).isEqualTo(theme);
            assertThat(ground()).isEqualTo("dark".equals(theme) ? "rgb(14, 20, 25)" : "rgb(245, 247, 248)");
        }
        // Another browser of the same person starts with the choice.
        try (var other = new Panel(new Panel.Look(1440, 900, ColorScheme.DARK, "en-GB")).login(person)) {
            assertThat(other.page().getAttribute("html", "data-theme")).isEqualTo("light");
        }
        page.click("summary:has(+ .menu-panel [data-theme-choice])");
        page.click("[data-theme-choice=system]");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        assertThat(ground()).isEqualTo("rgb(14, 20, 25)");
    }

    @Test
    void speaksTheLanguageThatIsChosenAndStaysWhereItIs() {
        panel.open("/sites?state=ACTIVE");
        speak("de");
        assertThat(panel.heading().textContent()).isEqualTo("Websites");
        assertThat(page.url()).endsWith("/sites?state=ACTIVE");
        panel.isSound();
        speak("en");
        assertThat(panel.heading().textContent()).isEqualTo("Sites");
    }

    @Test
    void collapsesItsSidebarAndRemembersIt() {
        page.click("[data-nav-collapse]");
        page.reload();
        assertThat(page.locator(".sidebar").boundingBox().width).isLessThan(80);
        panel.isSound();
        page.click(".sidebar a[href='/jobs']");
        page.waitForURL("**/jobs");
        page.click("[data-nav-collapse]");
        assertThat(page.locator(".sidebar").boundingBox().width).isGreaterThan(200);
    }

    @Test
    void isADrawerOnPhones() {
        try (var phone = new Panel(new Panel.Look(390, 844, ColorScheme.LIGHT, "en-GB")).login(person)) {
            assertThat(phone.page().isVisible(".sidebar")).isFalse();
            phone.page().click("[data-drawer]");
            phone.page().waitForSelector(".sidebar a[href='/sites']");
            Eventually.holds(
                    "the drawer is open", () -> phone.page().locator(".sidebar").boundingBox().x == 0);
            phone.isSound().page().keyboard().press("Escape");
            phone.page()
                    .waitForSelector(
                            ".sidebar",
                            new Page.WaitForSelectorOptions()
                                    .setState(com.microsoft.playwright.options.WaitForSelectorState.HIDDEN));
            phone.page().click("[data-drawer]");
            phone.page().click(".sidebar a[href='/sites']");
            phone.page().waitForURL("**/sites");
            phone.page().click("[data-site='" + site + "'] .row-name");
            phone.page().click(".tab[href$='/domains']");
            // The tab where one is can be seen, though there are more than fit.
            phone.open("/sites/" + site + "/danger");
            var tab = phone.page().locator(".tab[aria-current]").boundingBox();
            assertThat(tab.x + tab.width).isLessThanOrEqualTo(390);
            assertThat(phone.complaints()).isEmpty();
        }
    }

    @Test
    void logsOutForGood() {
        panel.open("/sites").press("person-menu");
        panel.isSound().press("log-out");
        page.waitForURL("**/login*");
        page.goBack();
        page.waitForURL("**/login*");
        assertThat(page.textContent("body")).doesNotContain(site);
    }

    private void speak(String language) {
        page.click("summary:has(+ .menu-panel #speak-" + language + ")");
        page.click("#speak-" + language);
        page.waitForSelector("html[lang=" + language + "]");
    }

    private String ground() {
        return (String) page.evaluate("getComputedStyle(document.body).backgroundColor");
    }
}
