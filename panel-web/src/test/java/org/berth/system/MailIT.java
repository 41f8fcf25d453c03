package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import java.util.List;
import org.berth.mail.MailSecurity;
import org.berth.mail.Postbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Mail")
class MailIT {

    private static final String RECIPIENT = "harbour-master@example.com";

    /** This machine, as the lab host sees it: the other end of its cable. */
    private static final String HERE =
            InetAddresses.decrement(InetAddresses.forString(LabHost.ip())).getHostAddress();

    @AfterEach
    void mailNoMore() {
        LabHost.berth("mail", "off").run().orFail();
    }

    @Test
    void isSetUpAndTriedByTheCommand() {
        try (var postbox = Postbox.open(MailSecurity.NONE)) {
            var set = LabHost.berth("mail", "set", "--host", HERE, "--port", String.valueOf(postbox.port()))
                    .with("--security", "none", "--sender", "berth@example.com", "--recipient", RECIPIENT)
                    .run()
                    .orFail();
            assertThat(set.out()).contains(HERE + ":" + postbox.port(), RECIPIENT);
            assertThat(LabHost.berth("mail", "test").run().orFail().out()).contains(RECIPIENT + ": 250");
            assertThat(postbox.received(RECIPIENT))
                    .filteredOn(mail -> Postbox.header(mail, "Subject").contains("] Test: "))
                    .singleElement()
                    .satisfies(mail -> {
                        assertThat(Postbox.header(mail, "From")).isEqualTo("berth@example.com");
                        assertThat(Postbox.text(mail)).contains("https://");
                    });

            postbox.refuse(550, "5.7.1 relaying denied");
            var refused = LabHost.berth("mail", "test").run();
            assertThat(refused.exit()).isNotZero();
            assertThat(refused.err()).contains("550 5.7.1 relaying denied");
        }
    }

    @Test
    void isSetUpAndTriedOnItsPage() {
        try (var postbox = Postbox.withLogin(MailSecurity.STARTTLS);
                var panel = new Panel().login(People.administrator())) {
            var page = panel.open("/mail").page();
            assertThat(panel.part("not-there").isVisible()).isTrue();
            page.fill("#host", HERE);
            page.fill("#port", "none");
            page.fill("#login", Postbox.LOGIN);
            page.fill("#password", Postbox.PASSWORD);
            page.fill("#sender", "berth@example.com");
            page.fill("#recipients", RECIPIENT);
            page.uncheck("[name=alarms][value=jobs]");
            panel.press("save");
            page.locator("[data-field=port] .wrong").waitFor();
            assertThat(page.inputValue("#recipients")).isEqualTo(RECIPIENT);
            assertThat(page.inputValue("#password")).isEmpty();
            assertThat(page.isChecked("[name=alarms][value=jobs]")).isFalse();

            page.fill("#port", String.valueOf(postbox.port()));
            page.fill("#password", Postbox.PASSWORD);
            panel.isSound().press("save");
            panel.part("there").waitFor();
            assertThat(page.content()).doesNotContain(Postbox.PASSWORD);
            // Its certificate is for another name and from an authority that nobody knows.
            panel.press("test");
            panel.part("wrongs").waitFor();
            assertThat(panel.part("wrongs").textContent()).contains("TLS");
            panel.isSound();
            assertThat(postbox.received()).isEmpty();
        }
    }

    @Test
    void tellsOnItsPageWhatTheServerAnsweredToATest() {
        try (var postbox = Postbox.open(MailSecurity.NONE);
                var panel = new Panel().login(People.administrator())) {
            var page = panel.open("/mail").page();
            page.fill("#host", HERE);
            page.selectOption("#security", "none");
            page.fill("#port", String.valueOf(postbox.port()));
            page.fill("#sender", "berth@example.com");
            page.fill("#recipients", RECIPIENT);
            panel.press("save");
            panel.part("there").waitFor();
            panel.press("test");
            panel.part("answers").waitFor();
            assertThat(panel.part("answers").textContent()).contains(RECIPIENT, "250");
            panel.isSound();
            assertThat(postbox.received(RECIPIENT))
                    .anyMatch(mail -> Postbox.header(mail, "Subject").contains("] Test: "));
        }
    }

    @Test
    void isNoOwnersBusiness() {
        var owner = People.owner("mailless");
        assertThat(owner.rest().get("/mail").status()).isEqualTo(403);
        try (var panel = new Panel().login(owner)) {
            for (var address : List.of("/mail", "/mail/queue")) {
                assertThat(panel.page().request().get(address).status())
                        .as(address)
                        .isEqualTo(403);
            }
            assertThat(panel.open("/").page().locator("a[href='/mail']").count())
                    .isZero();
        }
    }
}
