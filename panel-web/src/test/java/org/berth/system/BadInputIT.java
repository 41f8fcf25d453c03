package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import org.berth.fixture.Fresh;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that broke other panels. Each is refused with a message, changes nothing, and leaves one line in the audit log. */
@DisplayName("Bad input is refused:")
class BadInputIT {

    private final RestClient rest = People.administrator().rest();

    @ParameterizedTest
    @MethodSource("org.berth.system.BadValues#names")
    void aSitesNameAtRest(String name) {
        var sites = count("/sites");
        var audited = refusals();
        var answer = rest.post(
                        "/sites", Json.createObjectBuilder().add("name", name).add("type", "STATIC"))
                .expect(422);
        explainsItself(answer);
        assertThat(count("/sites")).isEqualTo(sites);
        assertThat(refusals()).isEqualTo(audited + 1);
    }

    @ParameterizedTest
    @MethodSource("org.berth.system.BadValues#names")
    void aSitesNameAtTheCommandLine(String name) {
        // An argument cannot hold a null byte, so nothing of that kind can arrive.
        org.junit.jupiter.api.Assumptions.assumeFalse(name.indexOf('\u0000') >= 0);
        var sites = count("/sites");
        var answer =
                LabHost.berth("site", "create", "--type", "static", "--", name).run();
        assertThat(answer.exit()).as(answer.toString()).isEqualTo(2);
        assertThat(answer.err()).contains("Why:").contains("What to do:");
        assertThat(count("/sites")).isEqualTo(sites);
    }

    @ParameterizedTest
    @MethodSource("org.berth.system.BadValues#names")
    void anAlias(String name) {
        var sites = count("/sites");
        var answer = rest.post(
                        "/sites",
                        Json.createObjectBuilder()
                                .add("name", Fresh.siteName("bad"))
                                .add("type", "STATIC")
                                .add("aliases", Json.createArrayBuilder().add(name)))
                .expect(422);
        explainsItself(answer);
        assertThat(count("/sites")).isEqualTo(sites);
    }

    @ParameterizedTest
    @MethodSource("org.berth.system.BadValues#phpVersions")
    void aVersionOfPhp(String version) {
        var sites = count("/sites");
        var answer = rest.post(
                        "/sites",
                        Json.createObjectBuilder()
                                .add("name", Fresh.siteName("bad"))
                                .add("type", "PHP")
                                .add("phpVersion", version))
                .expect(422);
        explainsItself(answer);
        assertThat(count("/sites")).isEqualTo(sites);
        assertThat(LabHost.berth("site", "create", Fresh.siteName("bad"), "--type", "php", "--php=" + version)
                        .run()
                        .exit())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("org.berth.system.BadValues#logins")
    void aLogin(String login) {
        var people = count("/users");
        var answer = rest.post(
                        "/users",
                        Json.createObjectBuilder()
                                .add("login", login)
                                .add("displayName", "X")
                                .add("role", "OWNER"))
                .expect(422);
        explainsItself(answer);
        assertThat(count("/users")).isEqualTo(people);
        if (login.indexOf('\u0000') < 0) {
            assertThat(LabHost.berth("user", "create", "--name", "X", "--", login)
                            .run()
                            .exit())
                    .isEqualTo(2);
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
        explainsItself(rest.post(
                        "/sites",
                        Json.createObjectBuilder()
                                .add("name", Fresh.siteName("bad"))
                                .add("type", type))
                .expect(422));
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
        assertThat(rest.send("POST", "/sites", body).status()).isIn(400, 422);
    }

    private static void explainsItself(Answer answer) {
        assertThat(answer.type()).startsWith("application/problem+json");
        var problem = answer.json();
        assertThat(problem.getString("what")).isNotBlank();
        assertThat(problem.getString("why")).isNotBlank();
        assertThat(problem.getString("todo")).isNotBlank();
        assertThat(answer.body()).doesNotContain("Exception").doesNotContain("at org.berth");
    }

    private int refusals() {
        return count("/audit?result=REFUSED&actor=" + People.administrator().login());
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
