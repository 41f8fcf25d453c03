package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.util.stream.Stream;
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

    static Stream<String> badNames() {
        return Stream.of(
                "a.com;id",
                "$(id).com",
                "`id`.com",
                "a.com{}",
                "a.com\nb.com",
                "a.com\n",
                "a.com\r\nX: y",
                "a.com\t",
                " a.com",
                "a.com ",
                "../a.com",
                "/etc/passwd",
                "-a.com",
                "a-.com",
                "--help.com",
                "*.com",
                "*.a.com",
                "_.a.com",
                "localhost",
                "a.localhost",
                "com",
                "co.uk",
                "a..com",
                ".a.com",
                "a.com.",
                "a_b.com",
                "a b.com",
                "a.com/x",
                "a.com:80",
                "user@a.com",
                "http://a.com",
                "127.0.0.1",
                "10.0.0.1",
                "[::1]",
                "::1",
                "0x7f.1",
                "2130706433",
                "a.com\u0000",
                "\u202ea.com",
                "a\u00ad",
                "a%2ecom",
                "%2e%2e%2f",
                "'or 1=1--",
                "\"a.com\"",
                "a.com#",
                "$berth_site.com",
                "a.com;}server{",
                "a".repeat(64) + ".com",
                ("a".repeat(61) + ".").repeat(4) + "example",
                "");
    }

    @ParameterizedTest
    @MethodSource("badNames")
    void aSitesNameAtRest(String name) {
        var sites = count("/sites");
        var audited = count("/audit?result=REFUSED");
        var answer = rest.post(
                        "/sites", Json.createObjectBuilder().add("name", name).add("type", "STATIC"))
                .expect(422);
        explainsItself(answer);
        assertThat(count("/sites")).isEqualTo(sites);
        assertThat(count("/audit?result=REFUSED")).isEqualTo(audited + 1);
    }

    @ParameterizedTest
    @MethodSource("badNames")
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
    @MethodSource("badNames")
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
    @ValueSource(
            strings = {
                "../8.3",
                "8",
                "8.4;id",
                "8.4\n",
                "-1",
                "8.99",
                "7.4-fpm",
                "8.4/../8.4",
                "latest",
                "８.4",
                " 8.4",
                "99999.1"
            })
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
    @ValueSource(
            strings = {
                "root",
                "www-data",
                "berth",
                "s_1",
                "s_12",
                "-rf",
                "ab",
                "Alice",
                "al ice",
                "alice;id",
                "$(id)",
                "alice\n",
                "../../etc/passwd",
                "a/b",
                "alice:x",
                "аlice",
                "alice\u0000",
                "0alice",
                "alice-",
                ".alice",
                "*",
                "abcdefghijklmnopqrstuvwxyzabcdefg",
                ""
            })
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
    @ValueSource(
            strings = {
                "0",
                "-1",
                "999999999",
                "9999999999999999999999",
                "1;id",
                "../1",
                "1%00",
                "%2e%2e",
                "s_1",
                "1 or 1=1",
                "1/../2",
                "*"
            })
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
