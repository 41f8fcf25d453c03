package org.berth.container;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpSession;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.shiro.subject.PrincipalCollection;
import org.apache.shiro.subject.SimplePrincipalCollection;
import org.apache.shiro.subject.support.DefaultSubjectContext;
import org.berth.accounts.AccountDraft;
import org.berth.fixture.Fresh;
import org.berth.security.Actor;
import org.berth.security.Role;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A session")
class SessionsIT extends WithinPanel {

    private static final String PAGE = "/account";

    @Test
    void getsAnIdAtLoginThatNobodyKnewBefore() {
        var account = accountWithPassword();
        var attacker = loggedIn(accountWithPassword());
        var known = attacker.session();
        // Somebody has made the victim's browser use a session that they know.
        var browser = Visitor.withBrowser();
        browser.useSession(known);
        assertThat(browser.logIn(account.actor().name(), account.password()).statusCode())
                .isEqualTo(302);
        assertThat(browser.session()).isNotEqualTo(known);
        assertIn(browser);
        attacker.useSession(known);
        assertOut(attacker);
    }

    @Test
    void isNotBegunByAWrongPassword() {
        var browser = Visitor.withBrowser();
        assertThat(browser.logIn(accountWithPassword().actor().name(), "wrong").statusCode())
                .isEqualTo(200);
        assertOut(browser);
    }

    @Test
    void endsOnTheServerWithTheLogout() {
        var browser = loggedIn(accountWithPassword());
        var id = browser.session();
        browser.submit(PAGE, "leave", "log-out", Map.of());
        browser.useSession(id);
        assertOut(browser);
    }

    @Test
    void endsAtOnceWhenItsAccountIsDisabledAndDoesNotComeBack() {
        var account = accountWithPassword();
        var browser = loggedIn(account);
        var idle = loggedIn(account);
        accounts.disable(Actor.ROOT, account.actor().name());
        assertOut(browser);
        accounts.enable(Actor.ROOT, account.actor().name());
        assertOut(browser);
        // Nor does one that nobody used meanwhile.
        assertOut(idle);
        assertIn(loggedIn(account));
    }

    @Test
    void endsWithANewPasswordEverywhere() {
        var account = accountWithPassword();
        var browser = loggedIn(account);
        var elsewhere = loggedIn(account);
        accounts.resetPassword(Actor.ROOT, account.actor().name());
        assertOut(browser);
        assertOut(elsewhere);
    }

    @Test
    void isOneOfManyAndTheOthersGoOn() {
        var account = accountWithPassword();
        var browser = loggedIn(account);
        var elsewhere = loggedIn(account);
        assertThat(browser.session()).isNotEqualTo(elsewhere.session());
        browser.submit(PAGE, "leave", "log-out", Map.of());
        assertIn(elsewhere);
    }

    @Test
    void allowsNothingButANewPasswordAfterAOneTimePassword() {
        var made = accounts.create(Actor.ROOT, new AccountDraft(Fresh.login("first"), "First", "", Role.OWNER));
        var browser = Visitor.withBrowser();
        browser.logIn(made.account().login(), made.oneTimePassword().password());
        assertThat(location(browser.get(PAGE))).isEqualTo("/change-password");
        assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(403);
        assertThat(browser.send("POST", "/api/v1/tokens", "{\"name\":\"x\"}", "application/json")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void isNotBegunByAOneTimePasswordThatIsTooOld() {
        var made = accounts.create(Actor.ROOT, new AccountDraft(Fresh.login("late"), "Late", "", Role.OWNER));
        rows.change(
                "update account set password_expires_at = utc_timestamp(6) where id = ?",
                made.account().id());
        var browser = Visitor.withBrowser();
        assertThat(browser.logIn(made.account().login(), made.oneTimePassword().password())
                        .statusCode())
                .isEqualTo(200);
        assertOut(browser);
    }

    @Test
    void endsHalfAnHourAfterTheLastRequestAndTwelveHoursAfterItsBeginHoweverBusy() throws Exception {
        var browser = loggedIn(accountWithPassword());
        var session = Door.session(browser.session());
        assertThat(session.getMaxInactiveInterval()).isEqualTo(30 * 60);
        age(session, Duration.ofHours(12).minusMinutes(1));
        assertIn(browser);
        age(session, Duration.ofHours(12).plusMinutes(1));
        assertOut(browser);
    }

    @Test
    void cannotBeInvented() {
        for (var invented : new String[] {"0", "x".repeat(60), "../admin", "' or 1=1"}) {
            var browser = Visitor.withBrowser();
            browser.useSession(invented);
            assertOut(browser);
        }
    }

    private Visitor loggedIn(Account account) {
        var browser = Visitor.withBrowser();
        assertThat(browser.logIn(account.actor().name(), account.password()).statusCode())
                .isEqualTo(302);
        assertIn(browser);
        return browser;
    }

    /** Lets the session have begun earlier. */
    private static void age(HttpSession session, Duration age) throws ReflectiveOperationException {
        var key = DefaultSubjectContext.PRINCIPALS_SESSION_KEY;
        var principals = (PrincipalCollection) session.getAttribute(key);
        var holder = principals.getPrimaryPrincipal();
        var type = holder.getClass();
        var id = type.getDeclaredMethod("accountId");
        var epoch = type.getDeclaredMethod("epoch");
        var constructor = type.getDeclaredConstructor(long.class, int.class, Instant.class);
        for (var member : List.of(id, epoch, constructor)) {
            member.setAccessible(true);
        }
        var older = constructor.newInstance(
                id.invoke(holder), epoch.invoke(holder), Instant.now().minus(age));
        session.setAttribute(key, new SimplePrincipalCollection(older, "accounts"));
    }

    private static void assertIn(Visitor visitor) {
        assertThat(visitor.get(PAGE).statusCode()).isEqualTo(200);
        assertThat(visitor.get("/api/v1/me").statusCode()).isEqualTo(200);
    }

    private static void assertOut(Visitor visitor) {
        assertThat(location(visitor.get(PAGE))).startsWith("/login");
        assertThat(visitor.get("/api/v1/me").statusCode()).isEqualTo(401);
    }

    private static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(302);
        return answer.headers().firstValue("Location").orElseThrow();
    }
}
