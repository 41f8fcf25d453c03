package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.util.List;
import java.util.function.Supplier;
import org.berth.fixture.Fresh;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that broke other panels. Each is refused with a message, changes nothing, and leaves one line in the audit log. */
@DisplayName("Bad input is refused:")
class BadInputIT {

    private static final String ROOT = "root";

    private static final String ADMINISTRATOR = People.administrator().login();

    private static int site;

    private final RestClient rest = People.administrator().rest();

    @BeforeAll
    static void haveASite() {
        site = People.administrator()
                .rest()
                .createSite(Fresh.siteName("bad"), "PHP")
                .getInt("id");
    }

    @ParameterizedTest
    @MethodSource("org.berth.system.BadValues#names")
    void aSitesNameAtRest(String name) {
        refused(() ->
                rest.post("/sites", Json.createObjectBuilder().add("name", name).add("type", "STATIC")));
    }

    @ParameterizedTest
    @MethodSource("org.berth.system.BadValues#names")
    void aSitesNameAtTheCommandLine(String name) {
        // An argument cannot hold a null byte, so nothing of that kind can arrive.
        org.junit.jupiter.api.Assumptions.assumeFalse(name.indexOf('\u0000') >= 0);
        refused("site", "create", "--type", "static", "--", name);
    }

    @ParameterizedTest
    @MethodSource("org.berth.system.BadValues#names")
    void anAlias(String name) {
        refused(() -> rest.post(
                "/sites",
                Json.createObjectBuilder()
                        .add("name", Fresh.siteName("bad"))
                        .add("type", "STATIC")
                        .add("aliases", Json.createArrayBuilder().add(name))));
        refused(() -> rest.patch(
                "/sites/" + site,
                Json.createObjectBuilder()
                        .add("aliases", Json.createArrayBuilder().add(name))));
    }

    @ParameterizedTest
    @MethodSource("org.berth.system.BadValues#someNames")
    void anAliasAtTheCommandLine(String name) {
        refused("site", "create", Fresh.siteName("bad"), "--type", "static", "--alias=" + name);
        refused("site", "update", String.valueOf(site), "--alias=" + name);
    }

    @ParameterizedTest
    @MethodSource("org.berth.system.BadValues#phpVersions")
    void aVersionOfPhp(String version) {
        refused(() -> rest.post(
                "/sites",
                Json.createObjectBuilder()
                        .add("name", Fresh.siteName("bad"))
                        .add("type", "PHP")
                        .add("phpVersion", version)));
        refused(() -> rest.patch("/sites/" + site, Json.createObjectBuilder().add("phpVersion", version)));
        refused("site", "create", Fresh.siteName("bad"), "--type", "php", "--php=" + version);
        refused("site", "update", String.valueOf(site), "--php=" + version);
    }

    @ParameterizedTest
    @MethodSource("org.berth.system.BadValues#logins")
    void aLogin(String login) {
        refused(() -> rest.post(
                "/users",
                Json.createObjectBuilder()
                        .add("login", login)
                        .add("displayName", "X")
                        .add("role", "OWNER")));
        if (login.indexOf('\u0000') < 0) {
            refused("user", "create", "--name", "X", "--", login);
        }
    }

    @ParameterizedTest
    @MethodSource("org.berth.system.BadValues#ids")
    void anIdThatLeadsNowhere(String id) {
        for (var kind : new String[] {"sites", "jobs", "users"}) {
            assertThat(rest.get("/" + kind + "/" + RestClient.part(id)).status())
                    .as(kind)
                    .isIn(400, 404, 422);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"WORDPRESS", "php ", "", "PHP\n", "null"})
    void aTypeThatThereIsNot(String type) {
        refused(() -> rest.post(
                "/sites",
                Json.createObjectBuilder().add("name", Fresh.siteName("bad")).add("type", type)));
        // The command reads a type in any case, and without the end of a line behind it: then it is one.
        if (!type.endsWith("\n")) {
            refused("site", "create", Fresh.siteName("bad"), "--type=" + type);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "null",
                "\"x\"",
                "{\"name\":{}}",
                "{\"name\":1,\"type\":[]}",
                "{\"nonsense\":1}",
                "\u0000"
            })
    void aBodyThatIsNoRequest(String body) {
        var audited = refusals(ADMINISTRATOR);
        assertThat(rest.send("POST", "/sites", body).status()).isIn(400, 422);
        assertThat(refusals(ADMINISTRATOR)).isEqualTo(audited + 1);
    }

    private static void explainsItself(Answer answer) {
        assertThat(answer.type()).startsWith("application/problem+json");
        var problem = answer.json();
        assertThat(problem.getString("what")).isNotBlank();
        assertThat(problem.getString("why")).isNotBlank();
        assertThat(problem.getString("todo")).isNotBlank();
        assertThat(answer.body()).doesNotContain("Exception").doesNotContain("at org.berth");
    }

    /** A request is refused, in words, and leaves one line and nothing else. */
    private void refused(Supplier<Answer> request) {
        var there = List.of(count("/sites"), count("/users"), count("/jobs"));
        var audited = refusals(ADMINISTRATOR);
        explainsItself(request.get().expect(422));
        assertThat(refusals(ADMINISTRATOR)).isEqualTo(audited + 1);
        assertThat(List.of(count("/sites"), count("/users"), count("/jobs"))).isEqualTo(there);
    }

    /** So is a command. */
    private void refused(String... words) {
        var there = List.of(count("/sites"), count("/users"), count("/jobs"));
        var audited = refusals(ROOT);
        var answer = LabHost.berth(words).run();
        assertThat(answer.exit()).as(answer.toString()).isEqualTo(2);
        assertThat(answer.err()).contains("Why:").contains("What to do:");
        assertThat(refusals(ROOT)).isEqualTo(audited + 1);
        assertThat(List.of(count("/sites"), count("/users"), count("/jobs"))).isEqualTo(there);
    }

    private int refusals(String actor) {
        return count("/audit?result=REFUSED&actor=" + actor);
    }

    private int count(String list) {
        var separator = list.contains("?") ? "&" : "?";
        return rest.get(list + separator + "limit=1").expect(200).json().getInt("total");
    }

    @ParameterizedTest(name = "address {0}")
    @ValueSource(strings = {"/sites;x=1", "/sites/1;/suspend", "/sites/1%3b"})
    void inAnAddress(String path) {
        var answer = rest.get(path);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().getString("todo")).isNotBlank();
    }

    @Test
    void inAnIdempotencyKey() {
        var name = Fresh.siteName("key");
        var body = Json.createObjectBuilder()
                .add("name", name)
                .add("type", "STATIC")
                .build();
        var answer = rest.send("POST", "/sites", body.toString(), "Idempotency-Key", "k".repeat(81));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().getString("field")).isEqualTo("idempotencyKey");
        rest.get("/sites/" + name).expect(404);
    }
}
