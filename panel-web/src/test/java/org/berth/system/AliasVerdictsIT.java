package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import org.berth.fixture.Fresh;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("While aliases are typed, each is judged by itself:")
class AliasVerdictsIT {

    private static final String VERDICTS = "[data-test=alias-verdicts] > li";

    private static Person alice;
    private static Person bob;
    private static String taken;
    private static String mine;

    @BeforeAll
    static void twoOwnersHaveSites() {
        alice = People.owner("alice");
        bob = People.owner("bob");
        taken = Fresh.siteName("taken");
        mine = Fresh.siteName("mine");
        alice.rest().createSite(taken, "STATIC");
        bob.rest().createSite(mine, "STATIC");
    }

    @ParameterizedTest
    @CsvSource({"true,1440,LIGHT,en-GB", "true,390,DARK,de-DE", "false,1440,DARK,de-DE", "false,390,LIGHT,en-GB"})
    void badTakenFreeTwiceAndBelowSomebodyElse(boolean fresh, int width, ColorScheme colours, String locale) {
        var free = Fresh.siteName("free");
        var name = fresh ? Fresh.siteName("new") : mine;
        try (var panel = new Panel(new Panel.Look(width, 900, colours, locale)).login(bob)) {
            openNames(panel, fresh, name);
            panel.page().locator("#aliases").pressSequentially(free);
            panel.has(1, VERDICTS + " .verdict-good");
            panel.page()
                    .fill("#aliases", String.join("\n", free, "a..com", taken, "below." + taken, free, "www." + name));
            panel.has(6, VERDICTS);
            var english = locale.startsWith("en");
            var verdicts = panel.page().locator(VERDICTS).allInnerTexts();
            assertThat(verdicts.get(0)).contains(free).contains(english ? "is free" : "ist frei");
            assertThat(verdicts.get(1)).contains("a..com");
            assertThat(verdicts.get(2)).contains(taken).contains(english ? "is taken" : "ist vergeben");
            assertThat(verdicts.get(3))
                    .contains("below." + taken)
                    .contains(english ? "cannot be given to this account" : "kann diesem Konto nicht gegeben werden");
            assertThat(verdicts.get(4)).contains(free).contains(english ? "is there twice" : "steht zweimal da");
            assertThat(verdicts.get(5))
                    .contains("www." + name)
                    .contains(english ? "is there twice" : "steht zweimal da");
            // What, why, what to do.
            assertThat(verdicts.subList(1, 6))
                    .allSatisfy(text ->
                            assertThat(text.strip().split("(?<=[.!?])\\s+")).hasSizeGreaterThanOrEqualTo(3));
            panel.has(1, VERDICTS + " .verdict-good").has(5, VERDICTS + " .verdict-bad");
            panel.isSound();
            panel.page().fill("#aliases", "");
            panel.has(0, VERDICTS);
            assertThat(panel.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void noMoreThanASiteMayHave(boolean fresh) {
        var names = Fresh.siteName("many");
        try (var panel = new Panel().login(bob)) {
            openNames(panel, fresh, fresh ? Fresh.siteName("new") : mine);
            var many = java.util.stream.IntStream.range(0, 60)
                    .mapToObj(number -> "n" + number + "." + names)
                    .toList();
            panel.page().fill("#aliases", String.join(" ", many));
            panel.has(51, VERDICTS).has(1, VERDICTS + " .verdict-bad");
            assertThat(panel.page().locator(VERDICTS).last().innerText())
                    .contains("60")
                    .contains("50");
        }
    }

    @Test
    void aNewSitesNameAndWwwCountToo() {
        var name = Fresh.siteName("pair");
        try (var panel = new Panel().login(bob)) {
            openNames(panel, true, name);
            panel.page().fill("#aliases", "www." + name);
            panel.has(1, VERDICTS + " .verdict-bad");
            panel.page().selectOption("#www", "none");
            panel.has(1, VERDICTS + " .verdict-good");
            panel.page().fill("#name", "www." + name);
            panel.has(1, VERDICTS + " .verdict-bad");
        }
    }

    @Test
    void thoseThatTheSiteHasAreNotJudgedAndWhatIsFreeIsTaken() {
        var site = Fresh.siteName("growing");
        var rest = bob.rest();
        rest.createSite(site, "STATIC");
        var id = rest.site(site).getInt("id");
        try (var panel = new Panel().login(bob)) {
            for (var alias : List.of("a." + site, "b." + site)) {
                panel.open("/sites/" + id + "/domains").has(0, VERDICTS);
                var before = panel.page().inputValue("#aliases");
                panel.page().fill("#aliases", before + "\n" + alias);
                panel.has(1, VERDICTS);
                assertThat(panel.page().locator(VERDICTS).innerText()).contains(alias);
                panel.press("save-names");
                panel.jobEnds("SUCCEEDED");
            }
            assertThat(panel.complaints()).isEmpty();
        }
        assertThat(rest.site(site).getJsonArray("names").toString()).contains("a." + site, "b." + site);
    }

    private static void openNames(Panel panel, boolean fresh, String name) {
        if (fresh) {
            panel.open("/sites/new").page().fill("#name", name);
            panel.press("more");
        } else {
            panel.open("/sites/" + bob.rest().site(name).getInt("id") + "/domains");
        }
    }
}
