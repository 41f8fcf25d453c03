package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import jakarta.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.berth.fixture.Fresh;
import org.berth.fixture.Minted;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Each page, light and dark, on a desk and on a phone, in both languages,")
class PagesIT {

    private static String site;
    private static int job;

    @BeforeAll
    static void thereIsSomethingToShow() {
        site = Fresh.siteName("pages");
        var rest = People.administrator().rest();
        rest.createSite(site, "PHP");
        job = rest.get("/jobs?limit=1").items().getJsonObject(0).getInt("id");
        uploaded(rest);
        uploaded(rest);
        rest.change(rest.post("/sites/" + site + "/certificate/check"));
    }

    /** Its certificate is one that was brought, after another one, and not for all of its names. */
    private static void uploaded(RestClient rest) {
        var brought = Minted.selfSigned(site);
        var upload =
                Json.createObjectBuilder().add("certificate", brought.pem()).add("key", brought.key());
        rest.change(rest.post("/sites/" + site + "/certificate/upload", upload));
    }

    static Stream<Panel.Look> looks() {
        return Stream.of("en-GB", "de-DE")
                .flatMap(locale -> Stream.of(ColorScheme.LIGHT, ColorScheme.DARK)
                        .flatMap(colours -> Stream.of(
                                new Panel.Look(1440, 900, colours, locale),
                                new Panel.Look(390, 844, colours, locale))));
    }

    @ParameterizedTest
    @MethodSource("looks")
    void isAccessibleFitsItsWidthAndAsksNobodyElse(Panel.Look look) {
        var findings = new ArrayList<String>();
        try (var panel = new Panel(look)) {
            panel.open("/login");
            findings.addAll(panel.faults());
            panel.login(People.administrator());
            for (var path : pages(site, job)) {
                panel.open(path);
                panel.heading().first().waitFor();
                findings.addAll(panel.faults());
            }
            // The browser itself remarks on the one page that is asked for in vain.
            panel.complaints().stream()
                    .filter(complaint -> !complaint.endsWith("/no-such-page"))
                    .forEach(findings::add);
            findings.addAll(panel.strangers());
        }
        assertThat(findings).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("looks")
    void speaksTheLanguageOfTheBrowser(Panel.Look look) {
        try (var panel = new Panel(look)) {
            panel.open("/login");
            assertThat(panel.page().getAttribute("html", "lang"))
                    .isEqualTo(look.locale().substring(0, 2));
        }
    }

    /** Every page of an administrator. */
    static List<String> pages(String site, int job) {
        var person = People.administrator().login();
        return List.of(
                "/dashboard",
                "/sites",
                "/sites?search=nothing-has-this-name",
                "/sites/new",
                "/sites/" + site,
                "/sites/" + site + "/domains",
                "/sites/" + site + "/certificate",
                "/sites/" + site + "/php",
                "/sites/" + site + "/database",
                "/sites/" + site + "/activity",
                "/sites/" + site + "/danger",
                "/jobs",
                "/jobs/" + job,
                "/people",
                "/people/new",
                "/people/" + person,
                "/certificates",
                "/certificates?attention=true",
                "/found",
                "/tls",
                "/authorities",
                "/authorities/new",
                "/authorities/1",
                "/dns",
                "/dns/new",
                "/dns/new?kind=cloudflare",
                "/mail",
                "/mail/queue",
                "/doctor",
                "/audit",
                "/account",
                "/account/password",
                "/account/tokens",
                "/no-such-page");
    }
}
