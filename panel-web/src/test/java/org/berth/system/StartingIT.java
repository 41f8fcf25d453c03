package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeSet;
import org.berth.fixture.Eventually;
import org.berth.fixture.Fresh;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("While it starts, the panel")
class StartingIT {

    /** From its end to its first answer everybody hears the same, and nothing that looks like a mistake. */
    @Test
    void saysSoToProgramsToTheCommandAndToPeopleWhoseBrowserWaits() {
        var name = People.owner("patient");
        var answers = new TreeSet<String>();
        var commands = new TreeSet<Integer>();
        try (var panel = new Panel().login(name)) {
            panel.open("/sites/new").page().fill("#name", Fresh.siteName("typed"));
            LabHost.run("systemctl", "restart", "--no-block", "berth");
            Eventually.holds("it went away", () -> status(answers) == 503);
            panel.open("/sites");
            assertThat(panel.heading().textContent()).isEqualTo("The panel is starting");
            panel.isSound();
            commands.add(LabHost.berth("site", "list").run().exit());
            Eventually.holds("it is back", () -> {
                commands.add(LabHost.berth("site", "list").run().exit());
                return status(answers) == 401;
            });
            commands.add(LabHost.berth("site", "list").run().exit());
            // The page comes back by itself; sessions end with the panel.
            panel.page().waitForURL("**/login**");
        }
        assertThat(answers)
                .containsExactly(
                        "401 application/problem+json without", "503 application/problem+json with Retry-After");
        assertThat(commands).containsExactly(0, 7);
    }

    private static int status(TreeSet<String> answers) {
        var answer = RestClient.stranger().post("/sites");
        var later = answer.response().headers().firstValue("Retry-After").isPresent();
        answers.add(answer.status() + " " + answer.type() + (later ? " with Retry-After" : " without"));
        return answer.status();
    }
}
