package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import org.berth.fixture.Eventually;
import org.berth.fixture.Fresh;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A job")
class JobsIT {

    private final RestClient rest = People.administrator().rest();

    @Test
    void showsEachOfItsStepsAtTheCommandLineAsItEnds() {
        var created = LabHost.berth("site", "create", Fresh.siteName("job"), "--type", "php")
                .run()
                .orFail();
        assertThat(created.err().lines()).hasSizeGreaterThan(2).allMatch(line -> line.startsWith("  done"));
    }

    @Test
    void isOneForOneIdempotencyKey() {
        var name = Fresh.siteName("job");
        var body = Json.createObjectBuilder()
                .add("name", name)
                .add("type", "STATIC")
                .build()
                .toString();
        var key = Fresh.random();
        var first = rest.send("POST", "/sites", body, "Idempotency-Key", key).expect(202);
        var second = rest.send("POST", "/sites", body, "Idempotency-Key", key).expect(202);
        assertThat(second.json().getInt("id")).isEqualTo(first.json().getInt("id"));
        assertThat(rest.change(second).getString("state")).isEqualTo("SUCCEEDED");
    }

    @Test
    void isAloneAtItsSite() {
        var name = Fresh.siteName("job");
        var site = rest.createSite(name, "STATIC").getInt("id");
        var first = HeldLock.during("site-" + site, () -> {
            var accepted = rest.post(
                            "/sites/" + name + "/suspend",
                            Json.createObjectBuilder().add("reason", "test"))
                    .expect(202);
            assertThat(rest.delete("/sites/" + name).expect(409).json().getString("why"))
                    .startsWith("Job " + accepted.json().getInt("id") + " (Suspend site) is not over");
            return accepted;
        });
        assertThat(rest.change(first).getString("state")).isEqualTo("SUCCEEDED");
        assertThat(rest.site(name).getString("state")).isEqualTo("SUSPENDED");
    }

    @Test
    void thatFailsToCreateASiteTakesBackWhatItDidAndSaysWhy() {
        var name = Fresh.siteName("job");
        var job = withWebServerThatRefuses(() -> rest.change(
                rest.post("/sites", Json.createObjectBuilder().add("name", name).add("type", "PHP"))));
        assertThat(job.getString("state")).isEqualTo("UNDONE");
        assertThat(job.getJsonObject("problem").getString("todo")).isNotBlank();
        var id = job.getJsonObject("site").getInt("id");
        assertThat(LabHost.shell("getent passwd s_%d; ls -d /srv/sites/s_%d 2>/dev/null".formatted(id, id))
                        .text())
                .isEmpty();
        // The name is free again.
        rest.createSite(name, "PHP");
    }

    @Test
    void thatFailedGoesOnFromTheStepThatFailed() {
        var name = Fresh.siteName("job");
        rest.createSite(name, "STATIC");
        var failed = withWebServerThatRefuses(() -> rest.change(
                rest.patch("/sites/" + name, Json.createObjectBuilder().add("www", "SERVE_BOTH"))));
        assertThat(failed.getString("state")).isEqualTo("FAILED");
        assertThat(failed.getJsonObject("problem").getString("todo")).isNotBlank();
        // What was is served meanwhile.
        assertThat(LabHost.fetch(name, "/").status()).isEqualTo(200);
        var again = LabHost.berth("job", "retry", String.valueOf(failed.getInt("id")))
                .run();
        assertThat(again.exit()).as(again.toString()).isZero();
        assertThat(LabHost.fetch("www." + name, "/").status()).isEqualTo(200);
    }

    @Test
    void thatFailedToRemoveASiteIsTriedAgainByItself() {
        var name = Fresh.siteName("job");
        rest.createSite(name, "STATIC");
        var site = rest.site(name).getInt("id");
        rest.change(rest.delete("/sites/" + name));
        // A file system below the site's folder is left alone.
        LabHost.run("mount", "-t", "tmpfs", "none", "/srv/sites/s_%d/tmp".formatted(site));
        var job = rest.change(rest.post("/sites/" + site + "/purge"));
        LabHost.shell("umount /srv/sites/s_%1$d/tmp || umount /srv/sites/.removing-%1$d/tmp".formatted(site))
                .orFail();
        assertThat(job.getString("state")).isEqualTo("FAILED");
        hasRested(job);
        Eventually.holds(
                "the site is gone",
                () -> "SUCCEEDED".equals(rest.waitFor(job.getInt("id")).getString("state")));
        assertThat(LabHost.shell("getent passwd s_%1$d; ls -d /srv/sites/*s_%1$d /srv/sites/.removing-%1$d"
                                .formatted(site))
                        .text())
                .isEmpty();
    }

    @Test
    void thatIsOverCannotBeCancelledOrRetried() {
        var job = rest.change(rest.post(
                "/sites",
                Json.createObjectBuilder().add("name", Fresh.siteName("job")).add("type", "STATIC")));
        rest.post("/jobs/" + job.getInt("id") + "/cancel").expect(409);
        rest.post("/jobs/" + job.getInt("id") + "/retry").expect(409);
    }

    @Test
    void thatIsCancelledTakesBackWhatItDid() {
        var name = Fresh.siteName("job");
        var id = HeldLock.during("nginx", () -> {
            var accepted = waitsInItsLastStep(name);
            rest.post("/jobs/" + accepted + "/cancel").expect(200);
            return accepted;
        });
        var job = rest.waitFor(id);
        assertThat(job.getString("state")).isEqualTo("CANCELLED");
        rest.get("/sites/" + name).expect(404);
        assertThat(LabHost.fetch(name, "/").status()).isEqualTo(404);
        var site = job.getJsonObject("site").getInt("id");
        assertThat(LabHost.shell("getent passwd s_%1$d; ls -d /srv/sites/s_%1$d 2>/dev/null".formatted(site))
                        .text())
                .isEmpty();
    }

    /** A step that takes the panel down with it would do so for ever. */
    @Test
    void whosePanelWasKilledInOneStepForTheThirdTimeIsTakenBack() {
        var name = Fresh.siteName("crash");
        var id = HeldLock.during("nginx", () -> {
            var accepted = waitsInItsLastStep(name);
            inDatabase("update job_step set attempts = 3 where state = 'RUNNING' and job_id = " + accepted);
            killPanel();
            return accepted;
        });
        var job = rest.waitFor(id);
        assertThat(job.getString("state")).isEqualTo("UNDONE");
        assertThat(job.getJsonObject("problem").getString("code")).isEqualTo("job-interrupted");
        assertThat(LabHost.fetch(name, "/").status()).isEqualTo(404);
        // The name is free again.
        rest.createSite(name, "STATIC");
    }

    @Test
    void outlivesARestartOfThePanelsDatabase() {
        var name = Fresh.siteName("database");
        var id = HeldLock.during("nginx", () -> {
            var accepted = waitsInItsLastStep(name);
            LabHost.run("systemctl", "restart", "mariadb@berth");
            return accepted;
        });
        assertThat(rest.waitFor(id).getString("state")).isEqualTo("SUCCEEDED");
        assertThat(LabHost.fetch(name, "/").status()).isEqualTo(200);
    }

    /** As when the host is restarted in good order: the panel first and last, with all that its jobs call in between. */
    @Test
    void outlivesAnOrderlyRestartOfThePanelAndOfTheServersThatItCalls() {
        var name = Fresh.siteName("restart");
        var id = HeldLock.during("nginx", () -> {
            var accepted = waitsInItsLastStep(name);
            LabHost.run("systemctl", "stop", "berth", "nginx", "mariadb");
            return accepted;
        });
        LabHost.run("systemctl", "start", "berth", "nginx", "mariadb");
        Eventually.holds(
                "the panel answers again", () -> rest.get("/jobs/" + id).status() == 200);
        assertThat(rest.waitFor(id).getString("state")).isEqualTo("SUCCEEDED");
        assertThat(LabHost.fetch(name, "/").status()).isEqualTo(200);
        assertThat(LabHost.doctor()).doesNotContain(name);
    }

    /** The step ends while nothing can be written down. */
    @Test
    void isWrittenDownOnceThePanelsDatabaseIsBack() {
        var name = Fresh.siteName("database");
        var id = HeldLock.during("nginx", () -> {
            var accepted = waitsInItsLastStep(name);
            LabHost.run("systemctl", "stop", "mariadb@berth");
            return accepted;
        });
        try {
            Eventually.holds("the site answers", () -> LabHost.fetch(name, "/").status() == 200);
            saysWhatIsMissing();
        } finally {
            LabHost.run("systemctl", "start", "mariadb@berth");
        }
        Eventually.holds(
                "the panel answers again", () -> rest.get("/jobs/" + id).status() == 200);
        assertThat(rest.waitFor(id).getString("state")).isEqualTo("SUCCEEDED");
    }

    @Test
    void isTakenBackByItselfOnceTheDatabasesOfTheSitesAreBack() {
        var without = Fresh.siteName("without");
        var with = Fresh.siteName("with");
        var wish = Json.createObjectBuilder()
                .add("name", with)
                .add("type", "PHP")
                .add("database", true)
                .build();
        rest.createSite(without, "PHP");
        LabHost.run("systemctl", "stop", "mariadb");
        try {
            var job = rest.change(rest.post("/sites", Json.createObjectBuilder(wish)));
            assertThat(job.getString("state")).isEqualTo("STALLED");
            assertThat(job.getJsonObject("problem").getString("what"))
                    .isEqualTo("The sites' MariaDB did not do what it was asked.");
            assertThat(LabHost.fetch(without, "/").status()).isEqualTo(200);
            assertThat(LabHost.fetch(with, "/").status()).isEqualTo(404);
            Eventually.holds(
                    "the command names it",
                    () -> LabHost.berth("status").run().out().contains("The service mariadb.service does not run."));
            LabHost.run("systemctl", "start", "mariadb");
            hasRested(job);
            Eventually.holds(
                    "the creation is taken back",
                    () -> "UNDONE".equals(rest.waitFor(job.getInt("id")).getString("state")));
        } finally {
            LabHost.run("systemctl", "start", "mariadb");
        }
        assertThat(rest.change(rest.post("/sites", Json.createObjectBuilder(wish)))
                        .getString("state"))
                .isEqualTo("SUCCEEDED");
        assertThat(LabHost.fetch(with, "/").status()).isEqualTo(200);
        assertThat(LabHost.doctor()).doesNotContain(with, without);
    }

    /** What programs, people and the command are told while the panel has no database. */
    private void saysWhatIsMissing() {
        var answer = rest.get("/sites");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.type()).startsWith("application/problem+json");
        assertThat(answer.response().headers().firstValue("Retry-After")).contains("5");
        assertThat(answer.json().getString("code")).isEqualTo("panel-database-lost");
        assertThat(answer.body()).doesNotContain("Exception").doesNotContain("SQL");
        var command = LabHost.berth("site", "list").run();
        assertThat(command.exit()).isEqualTo(7);
        assertThat(command.err()).contains("database does not answer").contains("What to do:");
        var page = LabHost.shell("curl -ksS -i -d 'login-form=login-form&log-in=&login=admin&password=wrong"
                        + "&jakarta.faces.ViewState=stateless' -H 'Origin: https://localhost:8443'"
                        + " https://localhost:8443/login")
                .orFail()
                .out();
        assertThat(page.lines().findFirst())
                .hasValueSatisfying(line -> assertThat(line).contains("503"));
        assertThat(page)
                .containsIgnoringCase("retry-after: 5")
                .contains("Its own database does not answer")
                .doesNotContain("Exception");
    }

    /** A creation that waits for the lock of the web server, having done all the rest. */
    private int waitsInItsLastStep(String name) {
        var accepted = rest.post(
                        "/sites", Json.createObjectBuilder().add("name", name).add("type", "PHP"))
                .expect(202)
                .json()
                .getInt("id");
        Eventually.holds(
                "the last step waits", () -> begun(accepted) == steps(accepted).size());
        return accepted;
    }

    private static void killPanel() {
        LabHost.run("systemctl", "kill", "--signal=KILL", "berth.service");
        Eventually.holds(
                "the panel is back", () -> LabHost.berth("job", "list").run().exit() == 0);
    }

    /** As if eleven minutes had passed since it ended. */
    private static void hasRested(JsonObject job) {
        inDatabase(
                "update job set finished_at = finished_at - interval 11 minute, started_at = started_at - interval 11"
                        + " minute where id = " + job.getInt("id"));
    }

    private static String inDatabase(String statement) {
        return LabHost.run("mariadb", "--socket=/run/berth/db/berth.sock", "-N", "berth", "-e", statement)
                .text();
    }

    private long begun(int job) {
        return steps(job).stream()
                .filter(step -> !"PENDING".equals(step.getString("state")))
                .count();
    }

    private List<JsonObject> steps(int job) {
        return rest.get("/jobs/" + job).json().getJsonArray("steps").getValuesAs(JsonObject.class);
    }

    /** Puts a file beside the web server's configuration that no test of it passes, while something is tried. */
    private static JsonObject withWebServerThatRefuses(java.util.function.Supplier<JsonObject> attempt) {
        LabHost.run("cp", "/etc/berth/nginx/unknown.conf", "/root/unknown.conf");
        LabHost.shell("printf 'nonsense;\\n' >> /etc/berth/nginx/unknown.conf");
        try {
            return attempt.get();
        } finally {
            LabHost.run("cp", "/root/unknown.conf", "/etc/berth/nginx/unknown.conf");
        }
    }
}
