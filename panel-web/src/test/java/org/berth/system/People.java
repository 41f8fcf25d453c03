package org.berth.system;

import jakarta.json.Json;
import java.io.StringReader;
import org.berth.fixture.Fresh;

/** People made for the tests, each through the way that real ones go: made by root, first login, own password, token. */
final class People {

    private static Person administrator;

    private People() {}

    /** An administrator for all tests of this run. */
    static synchronized Person administrator() {
        if (administrator == null) {
            administrator = create("admin", "administrator");
        }
        return administrator;
    }

    /** A new owner, who has nothing yet. */
    static Person owner(String about) {
        return create(about, "owner");
    }

    /** Makes an account and returns its one-time password. */
    static String account(String login, String role) {
        var created = LabHost.berth("user", "create", login, "--role", role, "--json")
                .run()
                .orFail()
                .out();
        try (var reader = Json.createReader(new StringReader(created))) {
            return reader.readObject().getString("oneTimePassword");
        }
    }

    private static Person create(String about, String role) {
        var login = Fresh.login(about);
        var oneTime = account(login, role);
        var password = "Correct horse battery " + Fresh.random();
        try (var panel = new Panel()) {
            panel.firstLogin(login, oneTime, password);
            return new Person(login, password, panel.createToken("tests"));
        }
    }
}
