package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.berth.fixture.Fresh;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("In the browser an account")
class PeopleActionsIT {

    private Panel panel;
    private Page page;

    @BeforeEach
    void logIn() {
        panel = new Panel().login(People.administrator());
        page = panel.page();
    }

    @AfterEach
    void nothingWasComplainedAbout() {
        assertThat(panel.complaints()).isEmpty();
        panel.close();
    }

    @Test
    void isMadeChangedResetDisabledAndEnabled() {
        var login = Fresh.login("made");
        panel.open("/people").press("create-person");
        page.fill("#login", login);
        page.fill("#displayName", "Made Up");
        page.fill("#email", "made@example.com");
        panel.isSound().press("create");
        page.waitForURL("**/people/" + login);
        var first = panel.part("secret").textContent();
        panel.isSound().page().click(".secret [data-copy]");
        assertThat(panel.clipboard()).isEqualTo(first);
        page.reload();
        assertThat(page.content()).doesNotContain(first);

        page.fill("#displayName", "Other Name");
        panel.press("save");
        panel.part("notice").waitFor();
        assertThat(panel.heading().textContent()).isEqualTo("Other Name");

        var password = "Correct horse battery " + Fresh.random();
        try (var theirs = new Panel().firstLogin(login, first, password)) {
            panel.press("reset-open");
            panel.isSound().press("do-reset");
            var second = panel.part("secret").textContent();
            theirs.open("/sites");
            assertThat(theirs.page().url()).contains("/login");
            theirs.firstLogin(login, second, password + "!");

            panel.press("disable-open");
            panel.isSound().press("do-disable");
            panel.part("enable").waitFor();
            panel.isSound();
            theirs.open("/sites");
            assertThat(theirs.page().url()).contains("/login");
            panel.press("enable");
            panel.part("disable-open").waitFor();
            theirs.login(login, password + "!");
        }
        panel.open("/people?search=" + login);
        assertThat(page.locator("[data-person='" + login + "']").textContent())
                .contains("Other Name")
                .contains("Active")
                .doesNotContain("Never");
        panel.part("chip-state-DISABLED").click();
        panel.part("empty").waitFor();
    }

    @Test
    void isToldOfInTheAuditWhichCanBeFilteredAndSearched() {
        var person = People.owner("audited");
        panel.open("/audit");
        page.fill("#list-search", person.login());
        page.waitForURL("**search=" + person.login());
        page.locator("[data-list] a.row-name", new Page.LocatorOptions().setHasText(person.login()))
                .first()
                .click();
        page.waitForURL("**actor=" + person.login() + "**");
        panel.part("chip-actor-" + person.login()).waitFor();
        panel.isSound().part("chip-result-REFUSED").click();
        panel.part("empty").waitFor();
        panel.part("chip-result-REFUSED").click();
        page.waitForSelector("[data-list] tbody tr");
        page.click("#sort-action");
        page.waitForSelector("th[aria-sort=ascending]");
        assertThat(page.locator("[data-list] tbody tr").first().textContent()).contains(person.login());
    }

    @Test
    void chooseItsPreferencesPasswordAndTokens() {
        var person = People.owner("choosy");
        try (var theirs = new Panel().login(person)) {
            var their = theirs.open("/account").page();
            their.fill("#displayName", "Chosen Name");
            their.fill("#email", "chosen@example.com");
            their.selectOption("#timeZone", "Europe/Berlin");
            their.selectOption("#language", "de");
            their.selectOption("#theme", "dark");
            theirs.isSound().press("save");
            their.waitForSelector("html[lang=de][data-theme=dark]");
            assertThat(their.inputValue("#displayName")).isEqualTo("Chosen Name");
            assertThat(their.inputValue("#timeZone")).isEqualTo("Europe/Berlin");

            theirs.open("/account/tokens").isSound().page().fill("#name", "backup <script>");
            their.selectOption("#expiresInDays", "0");
            theirs.press("create-token");
            var token = theirs.part("secret").textContent();
            theirs.isSound().page().click(".secret [data-copy]");
            assertThat(theirs.clipboard()).isEqualTo(token);
            assertThat(new RestClient(token).get("/me").status()).isEqualTo(200);
            their.click("[data-row='backup <script>'] [data-dialog=revoke]");
            theirs.isSound().press("do-revoke");
            their.waitForSelector("[data-row='backup <script>']", gone());
            assertThat(new RestClient(token).get("/me").status()).isEqualTo(401);

            var password = "Another horse battery " + Fresh.random();
            theirs.open("/account/password").isSound().page().fill("#oldPassword", person.password());
            their.fill("#password", password);
            their.locator("[data-reveal]").nth(1).click();
            assertThat(their.getAttribute("#password", "type")).isEqualTo("text");
            theirs.press("change-password");
            theirs.part("notice").waitFor();
            try (var again = new Panel()) {
                again.tryToLogIn(person.login(), person.password());
                again.part("wrongs").waitFor();
                again.login(person.login(), password);
            }
            assertThat(theirs.complaints()).isEmpty();
        }
    }

    private static Page.WaitForSelectorOptions gone() {
        return new Page.WaitForSelectorOptions()
                .setState(com.microsoft.playwright.options.WaitForSelectorState.DETACHED);
    }
}
