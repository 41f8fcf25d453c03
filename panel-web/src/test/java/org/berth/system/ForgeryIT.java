package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.RequestOptions;
import org.berth.fixture.Fresh;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a page of somebody else makes the browser of an administrator send, with the administrator's cookie. */
@DisplayName("A forged request")
class ForgeryIT {

    private final String login = Fresh.login("forged");
    private final String form = "person-form=person-form&create=&jakarta.faces.ViewState=stateless&displayName=Forged"
            + "&email=&role=ADMINISTRATOR&login=" + login;
    private final Panel panel = new Panel();

    @BeforeEach
    void logIn() {
        panel.login(People.administrator());
    }

    @AfterEach
    void leave() {
        panel.close();
    }

    @Test
    void isNoLinkThatCarriesTheValuesOfAForm() {
        assertThat(panel.page().request().get("/people/new?" + form).status()).isEqualTo(405);
        changedNothing();
        panel.page().request().get("/dashboard?leave=leave&log-out=&jakarta.faces.ViewState=stateless");
        panel.open("/sites");
        assertThat(panel.page().url()).endsWith("/sites");
    }

    @Test
    void isNoFormOfAnotherOrigin() {
        for (var origin : new String[] {"https://evil.example", "null", "https://" + LabHost.ip(), ""}) {
            var options = RequestOptions.create()
                    .setHeader("Content-Type", "application/x-www-form-urlencoded")
                    .setData(form);
            var sent = panel.page()
                    .request()
                    .post("/people/new", origin.isEmpty() ? options : options.setHeader("Origin", origin));
            assertThat(sent.status()).as(origin).isEqualTo(403);
        }
        changedNothing();
    }

    @Test
    void isWhatItWouldBeFromThePanelItself() {
        var sent = panel.page()
                .request()
                .post(
                        "/people/new",
                        RequestOptions.create()
                                .setHeader("Content-Type", "application/x-www-form-urlencoded")
                                .setHeader("Origin", LabHost.panel().toString())
                                .setData(form));
        assertThat(sent.ok()).isTrue();
        assertThat(LabHost.berth("user", "info", login).run().exit()).isZero();
    }

    private void changedNothing() {
        assertThat(LabHost.berth("user", "info", login).run().exit()).isNotZero();
    }
}
