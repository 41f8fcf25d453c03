package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.net.IDN;
import java.util.List;
import java.util.stream.IntStream;
import org.berth.fixture.Fresh;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A list")
class ListActionsIT {

    private static final String RANDOM = Fresh.random();
    private static final List<String> NAMES =
            List.of("aa-" + RANDOM + ".com", "bb-" + RANDOM + ".com", "cc-" + RANDOM + ".com");
    private static final String INTERNATIONAL = "höhe-" + RANDOM + ".com";
    private static Person owner;
    private static Panel panel;
    private static Page page;

    @BeforeAll
    static void thereIsSomethingToList() {
        owner = People.owner("lists");
        owner.rest().createSite(NAMES.get(1), "PHP");
        owner.rest().createSite(NAMES.get(0), "STATIC");
        owner.rest().createSite(NAMES.get(2), "STATIC");
        owner.rest().createSite(IDN.toASCII(INTERNATIONAL), "STATIC");
        panel = new Panel().login(owner);
        page = panel.page();
    }

    @AfterAll
    static void nothingWasComplainedAbout() {
        assertThat(panel.complaints()).isEmpty();
        panel.close();
    }

    @BeforeEach
    void open() {
        panel.open("/sites");
    }

    @Test
    void isSearchedWhileOneTypesAlsoByAPartOfAnInternationalName() {
        page.fill("#list-search", "höh");
        shows(INTERNATIONAL);
        page.fill("#list-search", IDN.toASCII(INTERNATIONAL).substring(0, 8));
        shows(INTERNATIONAL);
        page.fill("#list-search", "nothing at all");
        panel.part("empty").waitFor();
        panel.isSound();
    }

    @Test
    void isSortedAndFilteredAndGoneBackTo() {
        page.click("#sort-name");
        page.waitForSelector("th[aria-sort=ascending]");
        shows(NAMES.get(0), NAMES.get(1), NAMES.get(2), INTERNATIONAL);
        page.click("#sort-name");
        page.waitForSelector("th[aria-sort=descending]");
        shows(INTERNATIONAL, NAMES.get(2), NAMES.get(1), NAMES.get(0));
        panel.part("chip-type-PHP").click();
        shows(NAMES.get(1));
        panel.isSound().part("chip-state-SUSPENDED").click();
        panel.part("empty").waitFor();
        page.goBack();
        shows(NAMES.get(1));
        page.reload();
        shows(NAMES.get(1));
        page.goBack();
        shows(INTERNATIONAL, NAMES.get(2), NAMES.get(1), NAMES.get(0));
    }

    @Test
    void remembersWhichColumnsSomebodyWants() {
        panel.press("columns");
        panel.isSound().page().uncheck("[data-column=php]");
        page.reload();
        assertThat(page.isVisible("td.c-php")).isFalse();
        assertThat(page.isVisible("td.c-type")).isTrue();
        panel.press("columns");
        page.check("[data-column=php]");
        page.reload();
        assertThat(page.isVisible("td.c-php")).isTrue();
    }

    @Test
    void isWalkedThroughByKeyboard() {
        page.focus("#list-search");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Space");
        assertThat(page.locator("tr.ticked").getAttribute("data-site")).isEqualTo(NAMES.get(1));
        assertThat(panel.part("bulk").isVisible()).isTrue();
        panel.isSound().page().keyboard().press("Enter");
        page.waitForURL("**/sites/*");
        assertThat(panel.heading().textContent()).isEqualTo(NAMES.get(1));
    }

    @Test
    void actsOnTheRowsThatAreTickedAndStaysAsItWas() {
        panel.part("chip-type-STATIC").click();
        shows(NAMES.get(0), NAMES.get(2), INTERNATIONAL);
        tick(NAMES.get(0));
        tick(NAMES.get(2));
        panel.press("bulk-suspend");
        panel.isSound().press("do-suspend");
        // A reason is missing: the dialog asks again, for the same sites.
        panel.part("wrongs").waitFor();
        assertThat(page.textContent("#suspend")).contains(NAMES.get(0)).contains(NAMES.get(2));
        panel.isSound().page().fill("#reason", "test");
        panel.press("do-suspend");
        panel.part("notice").waitFor();
        assertThat(page.url()).contains("type=STATIC");
        becomes(NAMES.get(0), "SUSPENDED");
        becomes(NAMES.get(2), "SUSPENDED");

        // What cannot be done to one is told with its name, and done to the others.
        tick(NAMES.get(0));
        tick(INTERNATIONAL);
        panel.press("bulk-suspend");
        page.fill("#reason", "test");
        panel.press("do-suspend");
        panel.part("wrongs").waitFor();
        assertThat(panel.wrongs()).contains(NAMES.get(0) + ":").doesNotContain(INTERNATIONAL);
        becomes(INTERNATIONAL, "SUSPENDED");

        tick(INTERNATIONAL);
        tick(NAMES.get(0));
        panel.press("bulk-resume");
        becomes(INTERNATIONAL, "ACTIVE");
        becomes(NAMES.get(0), "ACTIVE");
        row(NAMES.get(2)).locator("details summary").click();
        panel.isSound();
        row(NAMES.get(2)).locator("[data-submit=resume-form]").click();
        becomes(NAMES.get(2), "ACTIVE");
    }

    @Test
    void isTurnedOverPageByPage() {
        // More refusals than a page of the audit has rows.
        IntStream.range(0, 30)
                .forEach(number -> owner.rest()
                        .send("POST", "/sites", "{\"name\":\"%d\",\"type\":\"PHP\"}".formatted(number))
                        .expect(422));
        panel.open("/audit?result=REFUSED");
        var rows = page.locator("[data-list] tbody tr");
        var first = rows.first().getAttribute("data-row");
        page.click("#page-after");
        page.waitForSelector("#page-before");
        assertThat(rows.count()).isGreaterThanOrEqualTo(5);
        panel.isSound().page().click("#page-before");
        page.waitForSelector("[data-row='" + first + "']");
        assertThat(rows.count()).isEqualTo(25);
    }

    private void tick(String site) {
        row(site).locator("[data-tick]").check();
    }

    private void becomes(String site, String state) {
        row(site).locator("[data-state=" + state + "]").waitFor();
        row(site)
                .locator(".badge-info")
                .waitFor(new com.microsoft.playwright.Locator.WaitForOptions()
                        .setState(com.microsoft.playwright.options.WaitForSelectorState.DETACHED));
    }

    private static com.microsoft.playwright.Locator row(String site) {
        return page.locator("tr[data-site='" + IDN.toASCII(site) + "']");
    }

    private static void shows(String... names) {
        PlaywrightAssertions.assertThat(page.locator("[data-list] .row-name")).hasText(names);
    }
}
