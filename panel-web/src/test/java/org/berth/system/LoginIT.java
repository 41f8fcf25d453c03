package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.berth.fixture.Fresh;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A login")
class LoginIT {

    /** Failed logins count for the address too, and all tests come from one. */
    @AfterEach
    void forgetFailedLogins() {
        LabHost.run("mariadb", "--socket=/run/berth/db/berth.sock", "berth", "-e", "delete from login_attempt");
    }

    @Test
    void withAOneTimePasswordLeadsToAnOwnPasswordAndNowhereElse() {
        var login = Fresh.login("first");
        var oneTime = People.account(login, "owner");
        try (var panel = new Panel()) {
            panel.login(login, oneTime);
            panel.open("/sites");
            assertThat(panel.page().url()).doesNotContain("/sites");
            panel.choosePassword(oneTime, "Correct horse battery " + Fresh.random());
            panel.open("/sites");
            assertThat(panel.page().url()).contains("/sites");
        }
        try (var again = new Panel()) {
            again.tryToLogIn(login, oneTime);
            assertThat(again.wrongs()).isNotBlank();
        }
    }

    @Test
    void getsANewSessionWhoseCookieNoScriptAndNoOtherSiteCanUse() {
        try (var panel = new Panel()) {
            panel.open("/login");
            var before = panel.page().context().cookies();
            panel.login(People.administrator());
            var cookies = panel.page().context().cookies();
            var session = cookies.stream()
                    .filter(cookie -> cookie.name.startsWith("__Host-"))
                    .findFirst()
                    .orElseThrow();
            assertThat(session.httpOnly).isTrue();
            assertThat(session.secure).isTrue();
            assertThat(session.sameSite.name()).isEqualTo("STRICT");
            assertThat(before).noneMatch(cookie -> cookie.value.equals(session.value));
        }
    }

    @Test
    void endsWithLogoutAndWithTheAccountBeingDisabled() {
        var person = People.owner("leaving");
        try (var panel = new Panel()) {
            panel.login(person).open("/sites");
            assertThat(panel.page().url()).contains("/sites");
            LabHost.berth("user", "disable", person.login()).run().orFail();
            panel.open("/sites");
            assertThat(panel.page().url()).contains("/login");
        }
        assertThat(person.rest().get("/me").status()).isEqualTo(401);
    }

    @Test
    void isNeededForEveryPage() {
        for (var path :
                new String[] {"/", "/dashboard", "/sites", "/sites/new", "/jobs", "/people", "/audit", "/account"}) {
            try (var panel = new Panel()) {
                panel.open(path);
                assertThat(panel.page().url()).as(path).contains("/login");
            }
        }
    }

    @Test
    void cannotBeGuessedFasterAndFaster() {
        var login = Fresh.login("guessed");
        var oneTime = People.account(login, "owner");
        try (var panel = new Panel()) {
            for (var attempt = 0; attempt < 12; attempt++) {
                panel.tryToLogIn(login, "guess " + attempt);
                panel.part("wrongs").waitFor();
            }
            panel.tryToLogIn(login, oneTime);
            panel.part("wrongs").waitFor();
            assertThat(panel.page().url()).contains("/login");
        }
    }

    @Test
    void staysOpenToItsOwnerWhileAStrangerGuesses() {
        var person = People.owner("besieged");
        assertThat(guesses(person.login(), 25)).endsWith("failed logins");
        try (var panel = new Panel()) {
            panel.login(person).open("/sites");
            assertThat(panel.page().url()).contains("/sites");
        }
    }

    @Test
    void isNotGuessedFasterByGuessingAllAtOnce() {
        var login = Fresh.login("rushed");
        People.account(login, "owner");
        guesses(login, 24);
        var looked =
                "select count(*) from audit_entry where action = 'user:login' and actor_name = '%s'".formatted(login);
        assertThat(LabHost.run("mariadb", "--socket=/run/berth/db/berth.sock", "-N", "berth", "-e", looked)
                        .text())
                .asInt()
                .isBetween(1, 5);
    }

    /** Guesses from another address, the lab host's own, many at once; what the last page says. */
    private static String guesses(String login, int times) {
        var guess =
                "curl -sk -o /tmp/guess-$1 -b none -H 'Origin: https://127.0.0.1:8443' --data-urlencode login=" + login
                        + " -d 'login-form=login-form&password=wrong&log-in=&jakarta.faces.ViewState=stateless'"
                        + " https://127.0.0.1:8443/login";
        return LabHost.shell(
                        "for n in {1..%d}; do (set -- $n; %s) & done; wait; (set -- last; %s); grep -o 'failed logins' /tmp/guess-last"
                                .formatted(times, guess, guess))
                .text();
    }
}
