package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import jakarta.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.berth.fixture.Fresh;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The owner of a new site")
class OwnerPickerIT {

    private static final String INPUT = "#owner_input";
    private static final String FOUND = ".ui-autocomplete-panel .ui-autocomplete-item";
    private static final String NOBODY = ".ui-autocomplete-empty-message";

    private final RestClient rest = People.administrator().rest();

    @Test
    void isFoundByAPartOfTheNameAndChosenWithTheKeyboardAlone() {
        var word = "Zoë" + Fresh.random();
        var person = named("picked", word + " O'Hara <b>");
        var other = named("passed", "Also " + word);
        var site = Fresh.siteName("picked");
        try (var panel = new Panel().login(People.administrator())) {
            var page = panel.open("/sites/new").page();
            page.locator("#name").pressSequentially(site);
            for (var tabs = 0; tabs < 10 && !isFocused(page); tabs++) {
                page.keyboard().press("Tab");
            }
            assertThat(isFocused(page)).isTrue();
            type(page, word.substring(1));
            found(panel, 2);
            // Nobody is chosen by going on with Tab or Enter.
            assertThat(page.locator(FOUND + "[aria-selected=true]").count()).isZero();
            panel.isSound();
            assertThat(page.locator(FOUND).allInnerTexts())
                    .containsExactlyInAnyOrder(
                            person.login() + " – " + word + " O'Hara <b>", other.login() + " – Also " + word);
            page.keyboard().press("ArrowDown");
            if (!page.locator(FOUND + "[aria-selected=true]").innerText().startsWith(person.login())) {
                page.keyboard().press("ArrowDown");
            }
            assertThat(page.locator("#" + page.getAttribute(INPUT, "aria-activedescendant"))
                            .innerText())
                    .startsWith(person.login());
            panel.isSound();
            page.keyboard().press("Enter");
            page.waitForSelector(FOUND, hidden());
            assertThat(page.inputValue(INPUT)).startsWith(person.login() + " – ");
            page.keyboard().press("Enter");
            panel.jobEnds("SUCCEEDED");
            assertThat(panel.complaints()).isEmpty();
        }
        assertThat(rest.site(site).getString("owner")).isEqualTo(person.login());
    }

    @ParameterizedTest
    @CsvSource({
        "1440,LIGHT,en-GB,Nobody of this name can own a site.,2 results are available",
        "390,DARK,de-DE,Niemand mit diesem Namen kann eine Website besitzen.,2 Ergebnisse verfügbar"
    })
    void isLookedForInTheReadersLanguageAndKeptWhenNobodyHasThatName(
            int width, ColorScheme colours, String locale, String nobody, String results) {
        var word = "Twin" + Fresh.random();
        named("one", word + " One");
        named("two", word + " Two");
        var stranger = "nobody-" + Fresh.random();
        var site = Fresh.siteName("unowned");
        try (var panel = new Panel(new Panel.Look(width, 844, colours, locale)).login(People.administrator())) {
            var page = panel.open("/sites/new").page();
            page.fill("#name", site);
            type(page, word);
            found(panel, 2);
            assertThat(page.locator(".ui-autocomplete-status").textContent()).isEqualTo(results);
            panel.isSound();
            type(page, stranger);
            page.waitForSelector(NOBODY);
            assertThat(page.locator(NOBODY).textContent()).isEqualTo(nobody);
            panel.isSound();
            page.keyboard().press("Escape");
            page.waitForSelector(NOBODY, hidden());
            panel.press("create");
            page.waitForSelector("[data-field=owner] .wrong");
            assertThat(page.inputValue(INPUT)).isEqualTo(stranger);
            assertThat(page.inputValue("#name")).isEqualTo(site);
            panel.isSound();
            page.click("[data-test=wrongs] a");
            assertThat(isFocused(page)).isTrue();
            assertThat(panel.complaints()).isEmpty();
        }
        assertThat(rest.get("/sites/" + site).status()).isEqualTo(404);
    }

    @Test
    void isNotOneWhoCannotLogIn() {
        var word = "Gone" + Fresh.random();
        var gone = named("gone", word);
        rest.post("/users/" + gone.login() + "/disable").expect(200);
        try (var panel = new Panel().login(People.administrator())) {
            type(panel.open("/sites/new").page(), word);
            panel.page().waitForSelector(NOBODY);
        }
    }

    @Test
    void bringsScriptsAndARightToRunThemToItsOwnPageOnly() {
        var owner = People.owner("light");
        try (var administrators = new Panel().login(People.administrator());
                var owners = new Panel().login(owner)) {
            var first = policy(administrators, "/sites/new");
            assertThat(first.loaded()).anyMatch(address -> address.contains("components.js"));
            assertThat(first.policy()).contains("'nonce-").doesNotContain("unsafe");
            assertThat(policy(administrators, "/sites/new").policy()).isNotEqualTo(first.policy());
            for (var other : List.of(
                    policy(administrators, "/sites"),
                    policy(administrators, "/dashboard"),
                    policy(administrators, "/people/new"),
                    policy(owners, "/sites/new"))) {
                assertThat(other.loaded()).isEmpty();
                assertThat(other.policy()).doesNotContain("nonce").doesNotContain("unsafe");
            }
            assertThat(owners.page().locator("script:not([src])").count()).isZero();
        }
    }

    private record Answered(String policy, List<String> loaded) {}

    private static Answered policy(Panel panel, String path) {
        var policy = panel.page().navigate(path).headerValue("content-security-policy");
        var loaded = new ArrayList<String>();
        for (var address : (List<?>)
                panel.page().evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")) {
            if (address.toString().contains("ln=primefaces")) {
                loaded.add(address.toString());
            }
        }
        return new Answered(policy, loaded);
    }

    /** With keys: the picker looks for what is typed, not for what a script puts into its field. */
    private static void type(Page page, String text) {
        page.locator(INPUT).press("Control+A");
        page.keyboard().type(text);
    }

    /** Whoever is found by all that was typed: there may be more people before the last key. */
    private static void found(Panel panel, int people) {
        panel.has(people, FOUND);
    }

    private static boolean isFocused(Page page) {
        return (boolean) page.evaluate("document.activeElement.id === 'owner_input'");
    }

    private static Page.WaitForSelectorOptions hidden() {
        return new Page.WaitForSelectorOptions().setState(WaitForSelectorState.HIDDEN);
    }

    private Person named(String about, String name) {
        var person = People.owner(about);
        rest.patch("/users/" + person.login(), Json.createObjectBuilder().add("displayName", name))
                .expect(200);
        return person;
    }
}
