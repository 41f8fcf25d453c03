package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.berth.fixture.Eventually;
import org.berth.fixture.Fresh;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is killed, in the end the host has what the rows say: the doctor is the judge. */
@DisplayName("A site all of whose verbs were killed")
class KillsIT {

    private static final List<String> MAKING =
            List.of("site-user-create", "site-files-create", "php-apply", "database-create", "vhost-apply");
    private static final List<String> REMOVING =
            List.of("vhost-remove", "database-remove", "php-remove", "site-files-remove", "site-user-remove");

    private static Saboteur saboteur;

    private final RestClient rest = People.administrator().rest();
    private final String name = Fresh.siteName("killed");
    private final List<Saboteur.Strike> strikes = new ArrayList<>();
    private int site;

    @BeforeAll
    static void standBeforeTheVerbs() {
        saboteur = Saboteur.onHost();
    }

    @AfterAll
    static void goAway() {
        saboteur.close();
    }

    /** Each step of its whole life is broken off once, and called again. */
    @ParameterizedTest
    @ValueSource(strings = {"before", "inside 0.02", "after"})
    void livesOnAsIfNothingHadHappened(String when) {
        succeeds(
                when,
                MAKING,
                () -> rest.post(
                        "/sites",
                        Json.createObjectBuilder()
                                .add("name", name)
                                .add("type", "PHP")
                                .add("database", true)));
        answers(200);
        succeeds(
                when,
                List.of("php-apply", "vhost-apply"),
                () -> rest.patch(
                        "/sites/" + name,
                        Json.createObjectBuilder().add("phpVersion", "8.2").add("www", "SERVE_BOTH")));
        assertThat(LabHost.fetch("www." + name, "/").status()).isEqualTo(200);
        succeeds(
                when,
                List.of("site-state"),
                () -> rest.post(
                        "/sites/" + name + "/suspend",
                        Json.createObjectBuilder().add("reason", "test")));
        answers(503);
        succeeds(when, List.of("site-state"), () -> rest.post("/sites/" + name + "/resume"));
        answers(200);
        succeeds(when, List.of("site-state"), () -> rest.delete("/sites/" + name));
        answers(410);
        succeeds(when, List.of("site-state"), () -> rest.post("/sites/" + name + "/restore"));
        answers(200);
        succeeds(when, List.of("site-state"), () -> rest.delete("/sites/" + name));
        succeeds(when, REMOVING, () -> rest.post("/sites/" + site + "/purge"));
        answers(404);
        // The two others have no moment that could be missed.
        if (when.startsWith("inside")) {
            // On a busy machine some are done before they can be hit.
            assertThat(strikes.stream().filter(Saboteur.Strike::late).count()).isLessThan(strikes.size() / 2);
        }
    }

    /** The verb goes on when the panel is there again and has called it anew: it comes second, or is outranked. */
    @Test
    void livesOnWithVerbsThatOutlivedTheirPanel() {
        var points = List.of("before", "inside 0.02", "after");
        var jobs = new ArrayList<Integer>();
        for (var when : points) {
            saboteur.awaits("site-files-create", "panel", when);
            jobs.add(rest.post(
                            "/sites",
                            Json.createObjectBuilder()
                                    .add("name", Fresh.siteName("outlived"))
                                    .add("type", "STATIC"))
                    .expect(202)
                    .json()
                    .getInt("id"));
            saboteur.holds(jobs.size());
        }
        LabHost.run("systemctl", "kill", "--kill-whom=main", "--signal=KILL", "berth.service");
        Eventually.holds(
                "the panel is back", () -> LabHost.berth("job", "list").run().exit() == 0);
        saboteur.letGo();
        Eventually.holds(
                "the verb that had not begun is told that it is outranked",
                () -> LabHost.shell(
                                        "grep '\"verb\":\"site-files-create\".*\"job\":%d,.*\"code\":\"outranked\"' /var/log/berth/verbs.log"
                                                .formatted(jobs.get(0)))
                                .exit()
                        == 0);
        for (var id : jobs) {
            var job = rest.waitFor(id);
            assertThat(job.getString("state")).as(job.toString()).isEqualTo("SUCCEEDED");
            assertThat(job.getJsonArray("steps").getJsonObject(1).getInt("attempts"))
                    .isEqualTo(2);
            site = job.getJsonObject("site").getInt("id");
            assertThat(LabHost.fetch(rest.site(String.valueOf(site)).getString("name"), "/")
                            .status())
                    .isEqualTo(200);
            nothingIsFound();
        }
        assertThat(saboteur.strikes()).hasSize(points.size());
    }

    private void succeeds(String when, List<String> verbs, Supplier<Answer> wish) {
        verbs.forEach(verb -> saboteur.awaits(verb, "verb", when));
        var job = rest.change(wish.get());
        assertThat(job.getString("state")).as(job.toString()).isEqualTo("SUCCEEDED");
        var struck = saboteur.strikes();
        assertThat(struck).hasSize(verbs.size());
        strikes.addAll(struck);
        site = job.getJsonObject("site").getInt("id");
        nothingIsFound();
    }

    private void nothingIsFound() {
        assertThat(rest.get("/doctor")
                        .expect(200)
                        .json()
                        .getJsonArray("findings")
                        .getValuesAs(JsonObject.class))
                .filteredOn(finding -> finding.containsKey("site")
                        && finding.getJsonObject("site").getInt("id") == site)
                .isEmpty();
    }

    private void answers(int status) {
        assertThat(LabHost.fetch(name, "/").status()).isEqualTo(status);
    }
}
