package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.berth.fixture.Fresh;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Bob sends what Alice's pages would send, with his own session: each form of each page, each button of it. */
@DisplayName("On pages another owner's things do not exist:")
class TwoOwnersPagesIT {

    private static final String FORMS = """
            () => [...document.querySelectorAll('form[method=post]')].flatMap(form =>
              [...form.querySelectorAll('button[type=submit]')].map(button => {
                const sent = { '@address': form.getAttribute('action'), '@button': button.name };
                new FormData(form, button).forEach((value, name) => { if (name) sent[name] = value; });
                return sent;
              }))
            """;

    private static Person alice;
    private static Person bob;
    private static JsonObject site;
    private static Panel alices;
    private static Panel bobs;

    @BeforeAll
    static void aliceHasASite() {
        alice = People.owner("alice");
        bob = People.owner("bob");
        var rest = alice.rest();
        var made = rest.change(rest.send(
                "POST",
                "/sites",
                "{\"name\":\"%s\",\"type\":\"PHP\",\"database\":true}".formatted(Fresh.siteName("alices"))));
        site = rest.site(made.getJsonObject("site").getString("name"));
        alices = new Panel().login(alice);
        bobs = new Panel().login(bob);
    }

    @AfterAll
    static void leave() {
        alices.close();
        bobs.close();
    }

    @Test
    void noAddressOfAliceShowsBobAnything() {
        for (var address : addresses().toList()) {
            assertThat(bobs.page().request().get(address).status()).as(address).isEqualTo(404);
            assertThat(alices.page().request().get(address).status())
                    .as(address)
                    .isEqualTo(200);
        }
        for (var list : List.of("/", "/sites", "/jobs", "/audit", "/search?q=alices", "/find?q=alices", "/tray")) {
            var answer = bobs.page().request().get(list);
            assertThat(answer.status()).as(list).isEqualTo(200);
            assertThat(answer.text()).as(list).doesNotContain(site.getString("name"));
        }
        for (var list : List.of(
                "/sites?owner=" + alice.login(), "/audit?actor=" + alice.login(), "/jobs?site=" + site.getInt("id"))) {
            var answer = bobs.page().request().get(list);
            assertThat(answer.status()).as(list).isEqualTo(200);
            assertThat(answer.text()).as(list).doesNotContain(site.getString("name"));
        }
    }

    @Test
    void noFormOfAliceDoesAnythingForBob() {
        var before = state();
        // As it is, suspended, and deleted: each state has buttons of its own.
        var tried = new TreeMap<String, Integer>();
        tryAll(tried);
        assertThat(state()).isEqualTo(before);
        alice.rest().change(alice.rest().send("POST", path("/suspend"), "{\"reason\":\"test\"}"));
        before = state();
        tryAll(tried);
        assertThat(state()).isEqualTo(before);
        alice.rest().change(alice.rest().delete(path("")));
        before = state();
        tryAll(tried);
        assertThat(state()).isEqualTo(before);
        alice.rest().change(alice.rest().post(path("/restore")));
        alice.rest().change(alice.rest().post(path("/resume")));
        assertThat(tried.keySet())
                .contains(
                        "preview",
                        "do-suspend",
                        "resume",
                        "do-delete",
                        "restore",
                        "save-names",
                        "save-php",
                        "reveal",
                        "check",
                        "upload-send",
                        "save-tls");
        assertThat(tried.values()).containsOnly(404);
    }

    @Test
    void noBulkActionReachesTheSiteOfSomebodyElse() {
        var before = state();
        for (var form : forms(bobs.page(), "/sites")) {
            if (form.containsKey("ids")) {
                form.put("ids", String.valueOf(site.getInt("id")));
                form.replace("reason", "taken over");
                var answer = send(form);
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.text()).contains("data-test=\"wrongs\"").doesNotContain(site.getString("name"));
            }
        }
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void noTokenOfSomebodyElseIsRevoked() {
        var token = alice.rest().get("/tokens").items().getJsonObject(0).getInt("id");
        var form = forms(bobs.page(), "/account/tokens").stream()
                .filter(each -> each.containsKey("do-revoke"))
                .findFirst()
                .orElseThrow();
        form.put("token", String.valueOf(token));
        assertThat(send(form).text()).contains("data-test=\"wrongs\"");
        assertThat(alice.rest().get("/me").status()).isEqualTo(200);
    }

    @Test
    void ownersHaveNoPagesOfAdministrators() {
        for (var address : List.of(
                "/people",
                "/people/new",
                "/people/" + alice.login(),
                "/people/" + bob.login(),
                "/certificates",
                "/authorities",
                "/authorities/new",
                "/authorities/1",
                "/found",
                "/tls",
                "/dns",
                "/dns/new")) {
            assertThat(bobs.page().request().get(address).status()).as(address).isIn(403, 404);
        }
        var newcomer = Fresh.login("evil");
        try (var administrators = new Panel().login(People.administrator())) {
            for (var address : List.of("/people/new", "/people/" + alice.login())) {
                for (var form : forms(administrators.page(), address)) {
                    if (isOfTheFrame(form)) {
                        continue;
                    }
                    form.replace("login", newcomer);
                    form.replace("displayName", "Changed By Bob");
                    assertThat(send(form).status()).as(form.toString()).isIn(403, 404);
                }
            }
        }
        var rest = People.administrator().rest();
        assertThat(rest.get("/users/" + newcomer).status()).isEqualTo(404);
        assertThat(rest.get("/users/" + alice.login()).json().getString("displayName"))
                .isNotEqualTo("Changed By Bob");
        assertThat(alice.rest().get("/me").status()).isEqualTo(200);
    }

    @Test
    void nothingIsChangedForWhoComesFromAnotherPageOrIsNotLoggedIn() {
        var before = state();
        var form = forms(alices.page(), path("/danger")).stream()
                .filter(each -> each.containsKey("do-delete"))
                .findFirst()
                .orElseThrow();
        assertThat(send(alices.page(), form, "https://elsewhere.example").status())
                .isEqualTo(403);
        try (var stranger = new Panel()) {
            assertThat(send(stranger.page(), form, LabHost.panel().toString()).url())
                    .contains("/login");
        }
        assertThat(state()).isEqualTo(before);
    }

    private static void tryAll(Map<String, Integer> tried) {
        for (var address : addresses().filter(each -> each.startsWith("/sites")).toList()) {
            for (var form : forms(alices.page(), address)) {
                if (!isOfTheFrame(form)) {
                    form.replace("reason", "taken over");
                    form.replace("aliases", Fresh.siteName("taken"));
                    tried.merge(form.get("@button"), send(form).status(), (one, other) -> one == 404 ? other : one);
                }
            }
        }
    }

    private static Stream<String> addresses() {
        var base = "/sites/" + site.getInt("id");
        var pages = Stream.of("", "/domains", "/certificate", "/php", "/database", "/activity", "/danger")
                .map(base::concat);
        var jobs = alice.rest().get("/jobs?limit=50").items().getValuesAs(JsonObject.class).stream()
                .map(job -> "/jobs/" + job.getInt("id"));
        return Stream.of(pages, Stream.of("/sites/" + site.getString("name")), jobs)
                .flatMap(each -> each);
    }

    /** What each button of each form of the page would send. */
    private static List<Map<String, String>> forms(Page page, String address) {
        page.navigate(address);
        var forms = new ArrayList<Map<String, String>>();
        for (var form : (List<?>) page.evaluate(FORMS)) {
            var sent = new TreeMap<String, String>();
            ((Map<?, ?>) form).forEach((name, value) -> sent.put((String) name, (String) value));
            forms.add(sent);
        }
        return forms;
    }

    /** Language, theme and leaving are everybody's own. */
    private static boolean isOfTheFrame(Map<String, String> form) {
        return form.containsKey("preferences") || form.containsKey("leave");
    }

    private static APIResponse send(Map<String, String> form) {
        return send(bobs.page(), form, LabHost.panel().toString());
    }

    private static APIResponse send(Page page, Map<String, String> form, String origin) {
        var data = FormData.create();
        form.forEach((name, value) -> {
            if (!name.startsWith("@")) {
                data.set(name, value);
            }
        });
        return page.request()
                .post(
                        form.get("@address"),
                        RequestOptions.create().setHeader("Origin", origin).setForm(data));
    }

    private static String path(String action) {
        return "/sites/" + site.getInt("id") + action;
    }

    /** Everything about the site that somebody could have changed, and how many jobs there were. */
    private static String state() {
        var rest = alice.rest();
        var now = rest.site(site.getString("name"));
        return String.join(
                " ",
                now.getString("state"),
                now.getString("phpVersion"),
                now.getString("www"),
                now.get("names").toString(),
                String.valueOf(rest.get("/jobs?limit=1").json().getInt("total")));
    }
}
