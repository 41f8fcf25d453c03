package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import org.berth.fixture.Fresh;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The audit log")
class AuditIT {

    private final RestClient rest = People.administrator().rest();

    @Test
    void tellsWhoDidWhatFromWhereAndHowItEnded() {
        var name = Fresh.siteName("audit");
        rest.createSite(name, "STATIC");
        LabHost.berth("site", "suspend", name, "--reason", "test").run().orFail();

        var entries = about(name);
        var created = entries.stream()
                .filter(entry -> "site:create".equals(entry.getString("action")))
                .findFirst()
                .orElseThrow();
        assertThat(created.getString("actor")).isEqualTo(People.administrator().login());
        assertThat(created.getString("via")).isEqualTo("REST");
        assertThat(created.getString("address")).isNotBlank();
        assertThat(created.getString("result")).isEqualTo("DONE");
        var suspended = entries.stream()
                .filter(entry -> "site:suspend".equals(entry.getString("action")))
                .findFirst()
                .orElseThrow();
        assertThat(suspended.getString("actor")).isEqualTo("root");
        assertThat(suspended.getString("via")).isEqualTo("CLI");
    }

    @Test
    void keepsWhatWasDenied() {
        var mallory = People.owner("mallory");
        mallory.rest()
                .post(
                        "/users",
                        Json.createObjectBuilder()
                                .add("login", Fresh.login("evil"))
                                .add("displayName", "x")
                                .add("role", "OWNER"))
                .expect(403);
        var entries =
                rest.get("/audit?limit=50&search=" + mallory.login()).items().getValuesAs(JsonObject.class);
        assertThat(entries)
                .anyMatch(entry -> "DENIED".equals(entry.getString("result"))
                        && mallory.login().equals(entry.getString("actor")));
    }

    @Test
    void keepsFailedLogins() {
        var login = Fresh.login("locked");
        People.account(login, "owner");
        try (var panel = new Panel()) {
            panel.tryToLogIn(login, "wrong");
            panel.part("wrongs").waitFor();
        }
        var entries = rest.get("/audit?limit=20&search=" + login).items().getValuesAs(JsonObject.class);
        assertThat(entries).anyMatch(entry -> !"DONE".equals(entry.getString("result")));
    }

    @Test
    void neverHoldsASecret() {
        var login = Fresh.login("secret");
        var oneTime = People.account(login, "owner");
        assertThat(rest.get("/audit?limit=50&search=" + login).body()).doesNotContain(oneTime);
        var found = LabHost.program("grep", "-rlF", "--", oneTime, "/var/log", "/var/lib/berth/panel")
                .run();
        assertThat(found.out()).isEmpty();
    }

    private List<JsonObject> about(String name) {
        return rest.get("/audit?limit=50&search=" + name).expect(200).items().getValuesAs(JsonObject.class);
    }
}
