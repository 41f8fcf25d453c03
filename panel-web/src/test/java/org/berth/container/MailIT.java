package org.berth.container;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ejb.EJBException;
import jakarta.inject.Inject;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.berth.accounts.AccountChange;
import org.berth.accounts.Preferences;
import org.berth.certificates.AcmeDirectories;
import org.berth.certificates.CertificateUpload;
import org.berth.certificates.Certificates;
import org.berth.fixture.Eventually;
import org.berth.fixture.Fresh;
import org.berth.fixture.Minted;
import org.berth.mail.AlarmKind;
import org.berth.mail.MailAnswer;
import org.berth.mail.MailSecurity;
import org.berth.mail.MailServerDraft;
import org.berth.mail.MailState;
import org.berth.mail.MailView;
import org.berth.mail.Mailing;
import org.berth.mail.Postbox;
import org.berth.platform.Conflict;
import org.berth.platform.HostFailure;
import org.berth.platform.InvalidInput;
import org.berth.platform.NotFound;
import org.berth.platform.PageRequest;
import org.berth.platform.Problem;
import org.berth.security.Actor;
import org.berth.services.Health;
import org.berth.sites.SiteView;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Mail")
class MailIT extends WithinPanel {

    private static final String RECIPIENT = "harbour-master@harbour-test.com";

    @Inject
    private Mailing mailing;

    @Inject
    private AcmeDirectories directories;

    @Inject
    private Certificates certificates;

    @Inject
    private Health health;

    @BeforeEach
    @AfterEach
    void empty() {
        rows.change("delete from mail");
        rows.change("delete from alarm");
        rows.change("delete from mail_server");
        // A mail names so many certificates and no more: those that other tests have left are not to be among them.
        rows.change("update site_certificate set failures = 0, uncovered = '[]'");
    }

    @Test
    void isSentByTheServerThatWasNamedWhoseWordsTheTestTells() {
        assertThat(refusal(NotFound.class, () -> mailing.test(Actor.ROOT)).code())
                .isEqualTo("mail-none");
        try (var postbox = Postbox.withLogin(MailSecurity.STARTTLS)) {
            mailing.update(Actor.ROOT, draft(postbox, MailSecurity.STARTTLS, Postbox.PASSWORD));
            assertThat(mailing.test(Actor.ROOT)).singleElement().satisfies(said -> {
                assertThat(said.recipient()).isEqualTo(RECIPIENT);
                assertThat(said.answer()).startsWith("250").contains("queued as 1");
            });
            assertThat(Postbox.subject(postbox.received().get(0))).contains(PanelArchive.NAME);

            mailing.update(Actor.ROOT, draft(postbox, MailSecurity.STARTTLS, "wrong"));
            assertThat(refusal(HostFailure.class, () -> mailing.test(Actor.ROOT)))
                    .satisfies(problem -> {
                        assertThat(problem.code()).isEqualTo("mail-login-refused");
                        assertThat(problem.args().get(1)).startsWith("535");
                    });
        }
    }

    @Test
    void passwordIsStoredSealedAndStaysWithItsServer() {
        try (var postbox = Postbox.withLogin(MailSecurity.TLS)) {
            mailing.update(Actor.ROOT, draft(postbox, MailSecurity.TLS, Postbox.PASSWORD));
            assertThat(rows.value("select password from mail_server"))
                    .startsWith("v1:")
                    .doesNotContain(Postbox.PASSWORD);
            var stored = mailing.find(Actor.ROOT).orElseThrow();
            assertThat(stored.hasPassword()).isTrue();
            assertThat(stored.toString()).doesNotContain(Postbox.PASSWORD);
            // Without a password the one that is there stays, and is of use.
            mailing.update(Actor.ROOT, draft(postbox, MailSecurity.TLS, ""));
            assertThat(mailing.test(Actor.ROOT))
                    .extracting(MailAnswer::recipient)
                    .containsExactly(RECIPIENT);
            assertThat(refusal(
                            InvalidInput.class,
                            () -> mailing.update(Actor.ROOT, draft(postbox, MailSecurity.STARTTLS, ""))))
                    .isEqualTo(Problem.of("mail-password-again").at("password"));
        }
    }

    @Test
    void waitsForAServerThatIsDownAndGoesOnceWhenItIsUp() {
        var postbox = Postbox.open(MailSecurity.NONE);
        postbox.close();
        mailing.update(Actor.ROOT, draft(postbox, MailSecurity.NONE, ""));
        var subject = enqueue();
        alone("mail");
        var waiting = mail(subject);
        assertThat(waiting.state()).isEqualTo(MailState.WAITING);
        assertThat(waiting.attempts()).isEqualTo(1);
        assertThat(waiting.problem()).map(Problem::code).contains("mail-unreachable");
        alone("mail");
        assertThat(mail(subject).attempts()).isEqualTo(1);

        try (var again = Postbox.openAt(postbox.port())) {
            due();
            alone("mail");
            alone("mail");
            assertThat(mail(subject).state()).isEqualTo(MailState.SENT);
            assertThat(again.received()).extracting(Postbox::subject).containsExactly(subject);
        }
    }

    @Test
    void waitsForTheEndOfAnUpgradeSinceItsWayBackWouldForgetThatItWasSent() throws IOException {
        var upgrade = Path.of(ConfigProvider.getConfig().getValue("berth.upgrade.file", String.class));
        try (var postbox = Postbox.open(MailSecurity.NONE)) {
            mailing.update(Actor.ROOT, draft(postbox, MailSecurity.NONE, ""));
            Files.createFile(upgrade);
            var subject = enqueue();
            alone("mail");
            assertThat(mail(subject).state()).isEqualTo(MailState.WAITING);
            assertThat(postbox.received()).isEmpty();

            Files.delete(upgrade);
            alone("mail");
            Eventually.holds("it is sent", () -> mail(subject).state() == MailState.SENT);
        } finally {
            Files.deleteIfExists(upgrade);
        }
    }

    @Test
    void thatIsRefusedForNowIsSentAgainAndThatIsRefusedForGoodIsShown() {
        try (var postbox = Postbox.open(MailSecurity.NONE)) {
            mailing.update(Actor.ROOT, draft(postbox, MailSecurity.NONE, ""));
            postbox.refuse(451, "4.7.1 greylisted");
            var subject = enqueue();
            alone("mail");
            assertThat(mail(subject).state()).isEqualTo(MailState.WAITING);
            assertThat(mail(subject).problem().orElseThrow().args().get(1)).isEqualTo("451 4.7.1 greylisted");
            Eventually.holds("nobody is alarmed", () -> !reasons().contains("health-mail"));

            postbox.refuse(550, "5.1.1 no such user");
            due();
            alone("mail");
            assertThat(mail(subject).state()).isEqualTo(MailState.FAILED);
            Eventually.holds("the panel says so", () -> reasons().contains("health-mail"));
            due();
            alone("mail");
            assertThat(mail(subject).attempts()).isEqualTo(2);

            postbox.take();
            mailing.retry(Actor.ROOT, mail(subject).id());
            alone("mail");
            assertThat(postbox.received()).extracting(Postbox::subject).containsExactly(subject);
            assertThat(refusal(
                                    Conflict.class,
                                    () -> mailing.retry(
                                            Actor.ROOT, mail(subject).id()))
                            .code())
                    .isEqualTo("mail-sent");
        }
    }

    @Test
    void thatIsNotWantedHoldsNoOtherUp() {
        try (var postbox = Postbox.open(MailSecurity.NONE)) {
            mailing.update(Actor.ROOT, draft(postbox, MailSecurity.NONE, ""));
            var broken = enqueue();
            rows.change(
                    "update mail set recipient = 'nonsense\r\nBcc: eve@harbour-test.com' where subject = ?", broken);
            var good = enqueue();
            alone("mail");
            alone("mail");
            assertThat(mail(good).state()).isEqualTo(MailState.SENT);
            assertThat(postbox.received()).hasSize(1);
        }
    }

    @Test
    void ofAnAlarmComesOnceToWhomItConcernsInTheirLanguageAndOnceWhenItIsOver() {
        var alice = owner("alice");
        var email = alice.name() + "@harbour-test.com";
        accounts.update(alice, alice.name(), new AccountChange(Optional.empty(), Optional.of(email), Optional.empty()));
        accounts.prefer(alice, new Preferences("de", "system", ""));
        var site = site(alice);
        try (var postbox = Postbox.open(MailSecurity.NONE)) {
            mailing.update(Actor.ROOT, draft(postbox, MailSecurity.NONE, ""));
            failing(site);
            look();
            assertThat(about(postbox, site, RECIPIENT)).isEmpty();

            older("first_seen_at", 3);
            look();
            look();
            assertThat(about(postbox, site, RECIPIENT))
                    .singleElement()
                    .satisfies(mail -> assertThat(Postbox.text(mail))
                            .contains("could not be renewed", "https://" + PanelArchive.NAME, "administrator"));
            assertThat(about(postbox, site, email)).singleElement().satisfies(mail -> {
                assertThat(Postbox.subject(mail)).contains("Alarm", "konnte nicht erneuert werden");
                assertThat(Postbox.header(mail, "Content-Language")).isEqualTo("de");
            });

            older("told_at", 25 * 60);
            look();
            look();
            assertThat(about(postbox, site, email)).hasSize(2);

            rows.change("update site_certificate set failures = 0 where site_id = ?", site.id());
            older("last_seen_at", 11);
            older("told_at", 6);
            look();
            look();
            assertThat(about(postbox, site, email))
                    .hasSize(3)
                    .last()
                    .satisfies(mail -> assertThat(Postbox.subject(mail)).contains("Vorbei"));
            assertThat(about(postbox, site, RECIPIENT)).hasSize(3);
            assertThat(rows.number("select count(*) from alarm where subject = ?", "certificate:" + site.id()))
                    .isZero();
        }
    }

    @Test
    void ofACertificateThatExpiresSoonSaysWhatDashboardHealthAndJournalSay() {
        var alice = owner("alice");
        var site = site(alice);
        var authority = Minted.root("Mail");
        var brought = authority.host(site.name(), "www." + site.name());
        over(certificates.upload(
                alice, site.name(), new CertificateUpload(brought.pem() + authority.pem(), brought.key(), true)));
        rows.change("update certificate set alarm_at = utc_timestamp(6) where site_id = ?", site.id());
        var said = new CopyOnWriteArrayList<String>();
        var journal = Logger.getLogger("org.berth.mail.AlarmLedger");
        journal.setFilter(line -> said.add(new SimpleFormatter().formatMessage(line)));
        try (var postbox = Postbox.open(MailSecurity.NONE)) {
            mailing.update(Actor.ROOT, draft(postbox, MailSecurity.NONE, ""));
            look();
            older("first_seen_at", 3);
            look();
            look();
            var alarm = "The certificate of " + site.name() + " expires soon.";
            assertThat(about(postbox, site, RECIPIENT))
                    .singleElement()
                    .satisfies(mail -> assertThat(Postbox.text(mail)).contains(alarm));
            assertThat(said).anyMatch(line -> line.startsWith("alarm: " + alarm));
            assertThat(with(administrator()).get("/health").body()).contains("health-certificates");
            var account = accountWithPassword();
            rows.change(
                    "update account set role = 'ADMINISTRATOR' where id = ?",
                    account.actor().accountId());
            var browser = Visitor.withBrowser();
            browser.logIn(account.actor().name(), account.password());
            assertThat(browser.get("/dashboard").body())
                    .contains("data-code=\"health-certificates\"", "data-test=\"to-certificates\"");
        } finally {
            journal.setFilter(null);
            rows.change("update certificate set alarm_at = not_after where site_id = ?", site.id());
        }
    }

    @Test
    void aboutWhatNobodyChoseIsNotWritten() {
        var site = site(owner("alice"));
        try (var postbox = Postbox.open(MailSecurity.NONE)) {
            mailing.update(Actor.ROOT, draft(postbox, MailSecurity.NONE, "", List.of(AlarmKind.JOBS)));
            failing(site);
            look();
            older("first_seen_at", 3);
            look();
            assertThat(rows.number(
                            "select count(*) from alarm where subject = ? and raised_at is not null",
                            "certificate:" + site.id()))
                    .isEqualTo(1);
            assertThat(about(postbox, site, RECIPIENT)).isEmpty();
        }
    }

    /** Looks for alarms as the clock does, and sends what comes of it; the clock itself may do so at the same moment. */
    private void look() {
        alone("alarms");
        alone("mail");
        Eventually.holds(
                "all mail is sent", () -> rows.number("select count(*) from mail where state = 'WAITING'") == 0);
    }

    private void alone(String sweep) {
        Eventually.holds(sweep, () -> {
            try {
                sweep(sweep);
                return true;
            } catch (EJBException together) {
                return false;
            }
        });
    }

    private static List<MimeMessage> about(Postbox postbox, SiteView site, String recipient) {
        return postbox.received(recipient).stream()
                .filter(mail -> Postbox.text(mail).contains(site.name()))
                .toList();
    }

    private void failing(SiteView site) {
        rows.change(
                "insert into site_certificate (site_id, directory_id, key_type, left_out, failures, problem_code,"
                        + " problem_args, due_at) values (?, ?, 'EC_256', '[]', 2, 'acme-unproven', '[\"ca\", \"why\"]',"
                        + " utc_timestamp(6) + interval 1 day)",
                site.id(),
                directories.list(Actor.ROOT).get(0).id());
    }

    private void older(String column, int minutes) {
        rows.change("update alarm set " + column + " = " + column + " - interval " + minutes + " minute");
    }

    private List<String> reasons() {
        return health.view(Actor.ROOT).reasons().stream().map(Problem::code).toList();
    }

    private String enqueue() {
        var subject = "About " + Fresh.random();
        rows.change(
                "insert into mail (recipient, language, subject, body, state, created_at, next_at)"
                        + " values (?, 'en', ?, 'Text', 'WAITING', utc_timestamp(6), utc_timestamp(6))",
                RECIPIENT,
                subject);
        return subject;
    }

    private void due() {
        rows.change("update mail set next_at = utc_timestamp(6) where state = 'WAITING'");
    }

    private MailView mail(String subject) {
        return mailing.queue(Actor.ROOT, new PageRequest(0, 10, "", true, subject, Map.of()))
                .rows()
                .get(0);
    }

    private static MailServerDraft draft(Postbox postbox, MailSecurity security, String password) {
        return draft(postbox, security, password, AlarmKind.ALL);
    }

    private static MailServerDraft draft(
            Postbox postbox, MailSecurity security, String password, List<AlarmKind> alarms) {
        return new MailServerDraft(
                "localhost",
                postbox.port(),
                security,
                security == MailSecurity.NONE ? Optional.empty() : Optional.of(Postbox.LOGIN),
                Optional.of(password),
                Optional.of(postbox.root()),
                "berth@harbour-test.com",
                List.of(RECIPIENT),
                "en",
                alarms);
    }
}
