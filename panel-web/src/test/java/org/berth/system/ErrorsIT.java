package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.RequestOptions;
import java.util.List;
import java.util.regex.Pattern;
import org.berth.fixture.Eventually;
import org.berth.fixture.Fresh;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What the panel refuses")
class ErrorsIT {

    /** Bytes that its front, its server and its application would each answer in words of their own. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "x%5cy",
                "x%00y",
                "x%zz",
                "x%",
                "%c0%ae",
                "%ff",
                "x%0d%0ay",
                "x%7fy",
                "x/..",
                "x/%2e%2e",
                "./x",
                "x/.",
                "x/..%2fy"
            })
    void inAnAddressIsRefusedInItsOwnWords(String address) {
        refused("400", "--path-as-is", "@/" + address);
    }

    @ParameterizedTest
    @CsvSource({
        "405, -XTRACE",
        "413, -HContent-Length: 99999999",
        "413, -HContent-Length: 1048577",
        "400, -HHost: a b",
        "501, -HTransfer-Encoding: nonsense",
    })
    void inARequestIsRefusedInItsOwnWords(String status, String option) {
        refused(status, option, "-m10", "@/x");
    }

    @Test
    void forItsLengthIsRefusedInItsOwnWords() {
        var long8 = "a".repeat(7_000);
        refused("414", "@/x?" + "a".repeat(9_000));
        refused("431", "-HX-A: " + "a".repeat(9_000), "@/x");
        refused("431", "-HA: " + long8, "-HB: " + long8, "-HC: " + long8, "-HD: " + long8, "-HE: " + long8, "@/x");
        // What the front lets through, the server behind it takes.
        assertThat(curl("-HA: " + long8, "-HB: " + long8, "-HC: " + long8, "@/api/v1/sites"))
                .startsWith("HTTP/1.1 401")
                .contains("login-required");
    }

    @Test
    void becauseAnotherPageAskedForItIsRefusedInItsOwnWords() {
        refused("403", "-HOrigin: https://evil.example", "-da=b", "@/x");
        refused("403", "-XPUT", "-HCookie: a=b", "@/x");
        assertThat(curl("@/login?jakarta.faces.ViewState=stateless"))
                .startsWith("HTTP/1.1 405")
                .contains("This cannot be done by a link");
    }

    @Test
    void ofOwnersToOthersLeavesNoStackInTheJournal() {
        var name = Fresh.siteName("private");
        People.administrator().rest().createSite(name, "STATIC");
        var since = LabHost.run("journalctl", "--quiet", "--lines=0", "--show-cursor")
                .text()
                .replace("-- cursor: ", "");
        try (var panel = new Panel().login(People.owner("curious"))) {
            for (var address :
                    List.of("/sites/" + name, "/sites/" + name + "/danger", "/sites/0", "/jobs/1", "/nowhere")) {
                assertThat(panel.page().request().get(address).status())
                        .as(address)
                        .isEqualTo(404);
            }
            assertThat(panel.page().request().get("/people/new").status()).isEqualTo(403);
            // A form of a page as it was before an upgrade.
            assertThat(panel.page()
                            .request()
                            .post(
                                    "/account",
                                    RequestOptions.create()
                                            .setHeader("Origin", LabHost.panel().toString())
                                            .setHeader("Content-Type", "application/x-www-form-urlencoded")
                                            .setData("jakarta.faces.ViewState=1:2&profile=profile"))
                            .status())
                    .isEqualTo(400);
        }
        Eventually.holds(
                "the journal tells of all of them",
                () -> List.of("404", "403", "400").stream()
                        .allMatch(status -> journal(since).contains("Page error " + status)));
        assertThat(OF_THE_CLOCK.matcher(journal(since)).replaceAll("").lines())
                .noneMatch(line ->
                        line.contains("Exception") || line.stripLeading().startsWith("at "));
    }

    /** What is logged meanwhile by what no page asked for, such as of an authority that is gone, with its stack. */
    private static final Pattern OF_THE_CLOCK =
            Pattern.compile("(?m)^[A-Z]+ org\\.berth\\.(?!web\\.).*(\\R(?![A-Z]+ \\S+: ).*)*");

    private static String journal(String since) {
        return LabHost.run("journalctl", "-u", "berth", "--after-cursor=" + since, "-o", "cat", "--no-pager")
                .out();
    }

    /** Asks for a page and for the same below the API's address; {@code @} stands for where each begins. */
    private static void refused(String status, String... words) {
        var page = curl(words);
        assertThat(page.lines().findFirst())
                .hasValueSatisfying(line -> assertThat(line).startsWith("HTTP/1.1 " + status));
        assertThat(page).containsIgnoringCase("content-type: text/html").contains("Berth</");
        isSilentAboutTheServer(page);
        var below = words.clone();
        below[words.length - 1] = words[words.length - 1].replaceFirst("@", "@/api/v1");
        var problem = curl(below);
        assertThat(problem.lines().findFirst())
                .hasValueSatisfying(line -> assertThat(line).startsWith("HTTP/1.1 " + status));
        assertThat(problem)
                .containsIgnoringCase("content-type: application/problem+json")
                .contains("\"status\":" + status)
                .contains("\"what\":\"")
                .contains("\"why\":\"")
                .contains("\"todo\":\"");
        isSilentAboutTheServer(problem);
    }

    private static void isSilentAboutTheServer(String answer) {
        var body = answer.substring(answer.indexOf("\r\n\r\n"));
        assertThat(body.toLowerCase(java.util.Locale.ROOT))
                .isNotBlank()
                .doesNotContain("nginx")
                .doesNotContain("payara")
                .doesNotContain("exception");
        assertThat(answer).doesNotContainPattern("(?i)server: \\S*[0-9]");
    }

    /** Head and body of an answer, as a program gets it that sends things as they are. */
    private static String curl(String... words) {
        var last = words.length - 1;
        var options = java.util.Arrays.copyOf(words, last);
        return Command.of("curl", "-qksS", "--http1.1", "-i")
                .with(options)
                .with(LabHost.panel() + words[last].replace("@", ""))
                .run()
                .orFail()
                .out();
    }
}
