package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.function.Supplier;
import org.berth.fixture.Fresh;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
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
    @ValueSource(strings = {"before", "inside 0.1", "after"})
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
    }

    private void succeeds(String when, List<String> verbs, Supplier<Answer> wish) {
        verbs.forEach(verb -> saboteur.awaits(verb, "verb", when));
        var job = rest.change(wish.get());
        assertThat(job.getString("state")).as(job.toString()).isEqualTo("SUCCEEDED");
        assertThat(saboteur.strikes()).hasSize(verbs.size());
        site = job.getJsonObject("site").getInt("id");
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
