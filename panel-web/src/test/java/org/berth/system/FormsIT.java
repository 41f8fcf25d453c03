package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import org.berth.fixture.Fresh;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the form says of a value that it refuses: at the field, with everything else that was typed still there. */
@DisplayName("A form refuses, explains and keeps")
class FormsIT {

    private static final RestClient REST = People.administrator().rest();
    private static Panel panel;
    private static Page page;
    private static int site;
    private static int refusals;

    @BeforeAll
    static void logIn() {
        panel = new Panel().login(People.administrator());
        page = panel.page();
        site = REST.createSite(Fresh.siteName("forms"), "PHP").getInt("id");
    }

    @AfterAll
    static void nothingWasComplainedAbout() {
        assertThat(panel.complaints()).isEmpty();
        panel.close();
    }

    @ParameterizedTest
    @MethodSource("org.berth.system.BadValues#namesInALine")
    void theNameOfANewSite(String name) {
        var sites = count("/sites");
        var aliases = Fresh.siteName("kept");
        panel.open("/sites/new");
        page.fill("#name", name);
        page.check("input[name=kind][value=php-database]");
        panel.press("more");
        page.selectOption("#www", "serve-both");
        page.fill("#aliases", aliases);
        panel.press("create");
        refused("name");
        assertThat(page.inputValue("#name")).isEqualTo(name);
        assertThat(page.isChecked("input[name=kind][value=php-database]")).isTrue();
        assertThat(page.inputValue("#owner_input"))
                .isEqualTo(People.administrator().login());
        assertThat(page.inputValue("#www")).isEqualTo("serve-both");
        assertThat(page.inputValue("#aliases")).isEqualTo(aliases);
        assertThat(count("/sites")).isEqualTo(sites);
    }

    @ParameterizedTest
    @MethodSource("org.berth.system.BadValues#someNames")
    void anAliasOfANewSiteAndOfAnOldOne(String alias) {
        var sites = count("/sites");
        var jobs = count("/jobs?site=" + site);
        var name = Fresh.siteName("aliased");
        panel.open("/sites/new");
        page.fill("#name", name);
        panel.press("more");
        page.fill("#aliases", alias);
        panel.press("create");
        refused("aliases");
        assertThat(page.inputValue("#aliases")).isEqualTo(alias);
        assertThat(page.inputValue("#name")).isEqualTo(name);
        assertThat(count("/sites")).isEqualTo(sites);

        panel.open("/sites/" + site + "/domains");
        page.fill("#aliases", alias);
        panel.press("save-names");
        refused("aliases");
        assertThat(page.inputValue("#aliases")).isEqualTo(alias);
        assertThat(count("/jobs?site=" + site)).isEqualTo(jobs);
    }

    @Test
    void anOwnerWhomNobodyKnows() {
        var sites = count("/sites");
        var name = Fresh.siteName("owned");
        panel.open("/sites/new");
        page.fill("#name", name);
        for (var owner : List.of("nobody-at-all", "root", "../../etc/passwd", "-rf")) {
            page.fill("#owner_input", owner);
            panel.press("create");
            refused("owner");
            assertThat(page.inputValue("#owner_input")).isEqualTo(owner);
            assertThat(page.inputValue("#name")).isEqualTo(name);
        }
        assertThat(count("/sites")).isEqualTo(sites);
    }

    @ParameterizedTest
    @MethodSource("org.berth.system.BadValues#phpVersions")
    void aVersionOfPhpThatWasNotOffered(String version) {
        var sites = count("/sites");
        var jobs = count("/jobs?site=" + site);
        var name = Fresh.siteName("version");
        panel.open("/sites/new");
        page.fill("#name", name);
        panel.press("more");
        forge("#phpVersion", version);
        panel.press("create");
        refused("phpVersion");
        assertThat(page.inputValue("#name")).isEqualTo(name);
        assertThat(count("/sites")).isEqualTo(sites);

        panel.open("/sites/" + site + "/php");
        forge("#phpVersion", version);
        panel.press("save-php");
        refused("phpVersion");
        assertThat(count("/jobs?site=" + site)).isEqualTo(jobs);
    }

    @Test
    void aKindOfSiteThatWasNotOffered() {
        var sites = count("/sites");
        panel.open("/sites/new");
        page.fill("#name", Fresh.siteName("kind"));
        page.evalOnSelector("input[name=kind]:checked", "radio => { radio.value = 'wordpress'; }");
        panel.press("create");
        refused("type");
        assertThat(count("/sites")).isEqualTo(sites);
    }

    @ParameterizedTest
    @MethodSource("org.berth.system.BadValues#loginsInALine")
    void theLoginOfANewPerson(String login) {
        var people = count("/users");
        panel.open("/people/new");
        page.fill("#login", login);
        page.fill("#displayName", "Kept Name");
        page.fill("#email", "kept@example.com");
        page.selectOption("#role", "ADMINISTRATOR");
        panel.press("create");
        refused("login");
        assertThat(page.inputValue("#login")).isEqualTo(login);
        assertThat(page.inputValue("#displayName")).isEqualTo("Kept Name");
        assertThat(page.inputValue("#email")).isEqualTo("kept@example.com");
        assertThat(page.inputValue("#role")).isEqualTo("ADMINISTRATOR");
        assertThat(count("/users")).isEqualTo(people);
    }

    @Test
    void aNameAnAddressAndARoleOfAPerson() {
        var people = count("/users");
        var login = Fresh.login("person");
        panel.open("/people/new");
        page.fill("#login", login);
        panel.press("create");
        refused("displayName");
        page.fill("#displayName", "Some Body");
        page.fill("#email", "nonsense");
        panel.press("create");
        refused("email");
        assertThat(page.inputValue("#email")).isEqualTo("nonsense");
        page.fill("#email", "");
        forge("#role", "ROOT");
        panel.press("create");
        refused("role");
        assertThat(page.inputValue("#login")).isEqualTo(login);
        assertThat(count("/users")).isEqualTo(people);
    }

    @Test
    void aReasonThatIsMissingOrTooLong() {
        var jobs = count("/jobs?site=" + site);
        panel.open("/sites/" + site);
        panel.press("suspend-open");
        panel.press("do-suspend");
        refused("reason");
        assertThat(page.isVisible("#suspend")).isTrue();
        page.evalOnSelector("#reason", "input => { input.removeAttribute('maxlength'); }");
        page.fill("#reason", "x".repeat(501));
        panel.press("do-suspend");
        refused("reason");
        assertThat(page.inputValue("#reason")).hasSize(501);
        assertThat(count("/jobs?site=" + site)).isEqualTo(jobs);
    }

    @Test
    void whatANewPasswordATokenAndAProfileMayNotBe() {
        panel.open("/account/password");
        page.fill("#oldPassword", "wrong");
        page.fill("#password", "Correct horse battery staple");
        panel.press("change-password");
        refused("oldPassword");
        page.fill("#oldPassword", People.administrator().password());
        page.fill("#password", "short");
        panel.press("change-password");
        refused("password");
        // What is secret is the one thing that is not sent back.
        assertThat(page.inputValue("#oldPassword")).isEmpty();

        panel.open("/account/tokens");
        panel.press("create-token");
        refused("name");
        page.fill("#name", "kept name");
        forge("#expiresInDays", "-1");
        panel.press("create-token");
        refused("expiresInDays");
        assertThat(page.inputValue("#name")).isEqualTo("kept name");

        panel.open("/account");
        page.fill("#displayName", "Kept Name");
        forge("#timeZone", "../../etc/passwd");
        panel.press("save");
        refused("timeZone");
        assertThat(page.inputValue("#displayName")).isEqualTo("Kept Name");
    }

    @ParameterizedTest
    @MethodSource("org.berth.system.BadValues#ids")
    void aNumberInAnAddressThatLeadsNowhere(String id) {
        for (var folder : List.of("/sites/", "/jobs/", "/people/", "/authorities/", "/dns/")) {
            var answer = page.request().get(folder + RestClient.part(id));
            assertThat(answer.status()).as(folder + id).isIn(400, 404);
            assertThat(answer.text()).doesNotContain("Exception").doesNotContain("org.berth");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/sites?state=NONSENSE",
                "/sites?sort=password",
                "/audit?id=x",
                "/jobs?site=x",
                "/jobs?state=x",
                "/certificates?attention=x",
                "/certificates?sort=problem"
            })
    void aFilterInAnAddressThatThereIsNot(String address) {
        assertThat(page.request().get(address).status()).isEqualTo(404);
    }

    @Test
    void aPageOfAListThatThereIsNotByShowingTheFirst() {
        for (var number : List.of("0", "-1", "x", "99999999999999999999")) {
            assertThat(page.request().get("/people?page=" + number).status())
                    .as(number)
                    .isEqualTo(200);
        }
    }

    @BeforeEach
    void countRefusals() {
        refusals = refusals();
    }

    /** One line in the audit log; the field says what, why and what to do; the summary leads to it; the page is as accessible as before. */
    private static void refused(String field) {
        var wrong = page.locator("[data-field=" + field + "] .wrong");
        wrong.waitFor();
        assertThat(wrong.locator("span span").textContent()).isNotBlank();
        assertThat(wrong.textContent().strip().split("(?<=[.!?])\\s+")).hasSizeGreaterThanOrEqualTo(3);
        assertThat(page.locator("[data-test=wrongs] a[href='#" + field + "']").count())
                .isEqualTo(1);
        assertThat(page.title()).startsWith("Error:");
        refusals++;
        assertThat(refusals()).isEqualTo(refusals);
        // What is checked while one types does not say the same again.
        assertThat(page.locator(".verdict-bad").count()).isZero();
    }

    /** Chooses what the page does not offer. */
    private static void forge(String select, String value) {
        page.evalOnSelector(
                select,
                "(select, value) => { const option = new Option(value, value); select.add(option); select.value = value; }",
                value);
    }

    private static int refusals() {
        return count("/audit?result=REFUSED&actor=" + People.administrator().login());
    }

    private static int count(String list) {
        return REST.get(list).expect(200).json().getInt("total");
    }
}
