package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.List;
import org.berth.fixture.Fresh;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What belongs to Alice does not exist for Bob: not by its number, not by its name, not in any list. */
@DisplayName("Another owner's things do not exist:")
class TwoOwnersIT {

    private static Person alice;
    private static Person bob;
    private static String name;
    private static JsonObject site;
    private static long job;

    @BeforeAll
    static void aliceHasASite() {
        alice = People.owner("alice");
        bob = People.owner("bob");
        name = Fresh.siteName("alices");
        site = alice.rest().createSite(name, "PHP");
        job = alice.rest()
                .get("/jobs?limit=1")
                .items()
                .getJsonObject(0)
                .getJsonNumber("id")
                .longValue();
    }

    @ParameterizedTest(name = "{0} /sites/…{1}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "GET    | -         | -",
                "PATCH  | -         | {\"www\":\"NONE\"}",
                "DELETE | -         | -",
                "POST   | /suspend  | {\"reason\":\"mine now\"}",
                "POST   | /resume   | -",
                "POST   | /restore  | -",
                "POST   | /purge    | -",
                "POST   | /preview  | -"
            })
    void everyActionOnASite(String method, String action, String body) {
        var suffix = action == null ? "" : action;
        var json = body == null ? "" : body;
        for (var known : List.of(String.valueOf(site.getInt("id")), name)) {
            var theirs = bob.rest().send(method, "/sites/" + known + suffix, json);
            var missing = bob.rest().send(method, "/sites/" + likeButMissing(known) + suffix, json);
            assertSameRefusal(theirs, known, missing, likeButMissing(known));
        }
        assertThat(LabHost.fetch(name, "/").status()).isEqualTo(200);
    }

    @ParameterizedTest(name = "{0} /jobs/…{1}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {"GET | -", "GET | /events", "POST | /retry", "POST | /cancel"})
    void everyActionOnAJob(String method, String action) {
        var suffix = action == null ? "" : action;
        var theirs = bob.rest().send(method, "/jobs/" + job + suffix, "", "Accept", "text/event-stream");
        var missing = bob.rest().send(method, "/jobs/987654321" + suffix, "", "Accept", "text/event-stream");
        assertSameRefusal(theirs, String.valueOf(job), missing, "987654321");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {"GET   | -", "PATCH | -", "POST  | /reset-password", "POST  | /disable", "POST  | /enable"})
    void everyActionOnAPerson(String method, String action) {
        var suffix = action == null ? "" : action;
        var body = "PATCH".equals(method) ? "{\"displayName\":\"Bob was here\"}" : "";
        var theirs = bob.rest().send(method, "/users/" + alice.login() + suffix, body);
        var missing = bob.rest().send(method, "/users/nobody-at-all" + suffix, body);
        assertThat(theirs.status()).isIn(403, 404).isEqualTo(missing.status());
        assertThat(theirs.withoutReference().replace(alice.login(), "X"))
                .isEqualTo(missing.withoutReference().replace("nobody-at-all", "X"));
    }

    @Test
    void listsShowOnesOwnOnly() {
        // Bob's own attempts are in his part of the audit, with the names that he typed.
        assertThat(bob.rest().get("/audit?limit=1000").expect(200).body())
                .doesNotContain("\"actor\":\"" + alice.login());
        for (var list : List.of("/sites?limit=1000", "/jobs?limit=1000")) {
            assertThat(bob.rest().get(list).expect(200).body())
                    .as(list)
                    .doesNotContain(name)
                    .doesNotContain(alice.login());
        }
        assertThat(bob.rest().get("/sites?owner=" + alice.login()).expect(200).body())
                .doesNotContain(name);
        assertThat(bob.rest().get("/jobs?site=" + site.getInt("id")).expect(200).body())
                .doesNotContain(name);
    }

    @Test
    void nobodyMakesASiteForSomebodyElse() {
        var answer = bob.rest()
                .send(
                        "POST",
                        "/sites",
                        "{\"name\":\"%s\",\"type\":\"STATIC\",\"owner\":\"%s\"}"
                                .formatted(Fresh.siteName("bobs"), alice.login()));
        assertThat(answer.status()).isIn(403, 404, 422);
    }

    @Test
    void nobodyTakesANameThatSomebodyElseHasOrThatLiesBelowIt() {
        for (var wanted : List.of(name, "www." + name, "shop." + name, name.toUpperCase(java.util.Locale.ROOT))) {
            var answer = bob.rest().send("POST", "/sites", "{\"name\":\"%s\",\"type\":\"STATIC\"}".formatted(wanted));
            assertThat(answer.status()).as(wanted).isIn(409, 422);
            assertThat(answer.body()).doesNotContain(alice.login());
        }
    }

    @Test
    void ownersDoNotDoWhatIsForAdministrators() {
        var rest = bob.rest();
        var newcomer =
                "{\"login\":\"%s\",\"displayName\":\"x\",\"role\":\"ADMINISTRATOR\"}".formatted(Fresh.login("evil"));
        assertThat(rest.send("POST", "/users", newcomer).status()).isEqualTo(403);
        assertThat(rest.get("/users").expect(200).items()).hasSize(1);
        assertThat(rest.get("/me").json().getString("role")).isEqualTo("OWNER");
    }

    @Test
    void nothingWorksWithoutAToken() {
        for (var path : List.of("/me", "/sites", "/users", "/jobs", "/audit", "/plans", "/status", "/tokens")) {
            for (var method : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE", "BREW")) {
                var status = RestClient.stranger().send(method, path, "").status();
                assertThat(status).as(method + " " + path).isIn(401, 403, 404, 405, 501);
            }
        }
        assertThat(new RestClient("berth_" + "x".repeat(40)).get("/me").status())
                .isEqualTo(401);
    }

    @Test
    void nobodyFromOutsideIsRoot() {
        var forged = RestClient.stranger()
                .send(
                        "GET",
                        "/me",
                        "",
                        "X-Berth-Local",
                        "root",
                        "X-Berth-Front",
                        "guess",
                        "X-Forwarded-For",
                        "127.0.0.1");
        assertThat(forged.status()).isEqualTo(401);
        assertThat(RestClient.stranger().send("GET", "/../internal/preview", "").status())
                .isIn(400, 401, 403, 404);
    }

    @Test
    void theFilesOfOneSiteAreClosedToTheOther() {
        var bobs = bob.rest().createSite(Fresh.siteName("bobs"), "PHP");
        var peek = LabHost.program("setpriv", "--reuid=s_" + bobs.getInt("id"), "--regid=s_" + bobs.getInt("id"))
                .with("--clear-groups", "ls", site.getString("home") + "/current/public")
                .run();
        assertThat(peek.exit()).isNotZero();
    }

    private static void assertSameRefusal(Answer theirs, String known, Answer missing, String unknown) {
        assertThat(missing.status()).isEqualTo(404);
        assertThat(theirs.status()).isEqualTo(404);
        assertThat(without(known, theirs)).isEqualTo(without(unknown, missing));
    }

    /** A known number may also be a part of the status. */
    private static String without(String known, Answer answer) {
        return answer.withoutReference().replace("\"status\":404", "").replace(known, "X");
    }

    private static String likeButMissing(String known) {
        return known.contains(".") ? "missing-" + known : "29998";
    }
}
