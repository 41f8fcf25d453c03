package org.berth.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.berth.platform.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpConnectionTest {

    private static final Letter LETTER =
            new Letter("ann@example.com", "de", "Über die Größe der Dinge", "Grüße\n.\nEnde\n");

    @ParameterizedTest
    @EnumSource(MailSecurity.class)
    void aMailArrivesWholeWhateverTheProtection(MailSecurity security) throws Exception {
        try (var postbox = Postbox.open(security)) {
            assertThat(send(access(postbox, security, Optional.empty(), postbox.root())))
                    .startsWith("250")
                    .contains("queued as 1");
            var message = postbox.received().get(0);
            assertThat(message.getSubject()).isEqualTo(LETTER.subject());
            assertThat(Postbox.text(message)).isEqualTo(LETTER.body());
            assertThat(Postbox.header(message, "From")).isEqualTo("berth@harbour-test.com");
            assertThat(Postbox.header(message, "To")).isEqualTo("ann@example.com");
            assertThat(Postbox.header(message, "Message-ID")).isEqualTo("<berth-1@harbour-test.com>");
            assertThat(Postbox.header(message, "Auto-Submitted")).isEqualTo("auto-generated");
            assertThat(Postbox.header(message, "Content-Language")).isEqualTo("de");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "panel.example.com, panel.example.com",
        "198.51.100.7, [198.51.100.7]",
        "2001:db8::7, [IPv6:2001:db8::7]",
        "7.example, 7.example"
    })
    void greetsByItsNameOrByItsAddressInBrackets(String name, String greeting) {
        assertThat(SmtpConnection.greeting(name)).isEqualTo(greeting);
    }

    @Test
    void whoseLoginIsRefusedIsToldTheServersWords() {
        try (var postbox = Postbox.withLogin(MailSecurity.STARTTLS)) {
            var right = access(postbox, MailSecurity.STARTTLS, Optional.of(Postbox.PASSWORD), postbox.root());
            assertThat(send(right)).startsWith("250");
            var wrong = access(postbox, MailSecurity.STARTTLS, Optional.of("wrong"), postbox.root());
            var refused = refusal(wrong);
            assertThat(refused.kind()).isEqualTo(MailFailure.Kind.SERVER);
            assertThat(refused.problem().code()).isEqualTo("mail-login-refused");
            assertThat(refused.problem().args().get(1)).startsWith("535").doesNotContain("wrong");
        }
    }

    @ParameterizedTest
    @EnumSource(value = MailSecurity.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void aServerThatNobodyKnowsIsNotTrusted(MailSecurity security) {
        try (var postbox = Postbox.open(security)) {
            var refused = refusal(access(postbox, security, Optional.empty(), null));
            assertThat(refused.problem().code()).isEqualTo("mail-tls");
            assertThat(postbox.received()).isEmpty();
        }
    }

    @Test
    void aServerOfAnotherNameIsNotTrusted() {
        try (var postbox = Postbox.open(MailSecurity.TLS)) {
            var other = new MailAccess(
                    "127.0.0.1",
                    postbox.port(),
                    MailSecurity.TLS,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(postbox.root()),
                    "berth@harbour-test.com");
            assertThat(refusal(other).problem().code()).isEqualTo("mail-tls");
        }
    }

    @Test
    void nothingGoesInTheClearToAServerWithoutStarttls() {
        try (var postbox = Postbox.open(MailSecurity.NONE)) {
            assertThat(refusal(access(postbox, MailSecurity.STARTTLS, Optional.empty(), null))
                            .problem())
                    .isEqualTo(Problem.of("mail-no-starttls", "localhost"));
            assertThat(postbox.received()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {421, 450, 452, 550, 554})
    void aRefusalSaysWhetherToTryAgain(int code) {
        try (var postbox = Postbox.open(MailSecurity.NONE)) {
            postbox.refuse(code, "not for you");
            var refused = refusal(access(postbox, MailSecurity.NONE, Optional.empty(), null));
            assertThat(refused.kind()).isEqualTo(code < 500 ? MailFailure.Kind.PASSING : MailFailure.Kind.LASTING);
            assertThat(refused.problem()).isEqualTo(Problem.of("mail-refused", "localhost", code + " not for you"));
        }
    }

    @Test
    void afterARefusalTheNextMailGoesByTheSameConnection() {
        try (var postbox = Postbox.open(MailSecurity.NONE);
                var connection = SmtpConnection.open(
                        access(postbox, MailSecurity.NONE, Optional.empty(), null), "panel.harbour-test.com")) {
            postbox.refuse(550, "not for you");
            catchThrowableOfType(MailFailure.class, () -> connection.send(LETTER, "berth-1", Instant.now()));
            postbox.take();
            assertThat(connection.send(LETTER, "berth-2", Instant.now())).startsWith("250");
        }
    }

    @Test
    void aServerThatIsDownIsToldByItsPort() {
        var postbox = Postbox.open(MailSecurity.NONE);
        var access = access(postbox, MailSecurity.NONE, Optional.empty(), null);
        postbox.close();
        var refused = refusal(access);
        assertThat(refused.kind()).isEqualTo(MailFailure.Kind.SERVER);
        assertThat(refused.problem().code()).isEqualTo("mail-unreachable");
        assertThat(refused.problem().args()).contains(String.valueOf(access.port()));
    }

    @Test
    void whatIsNoMailServerIsToldNothingAndNotQuoted() throws IOException {
        try (var other = new ServerSocket(0)) {
            var heard = CompletableFuture.supplyAsync(() -> greetAndListen(other, "secret of another service\r\n"));
            var refused = refusal(new MailAccess(
                    "localhost",
                    other.getLocalPort(),
                    MailSecurity.NONE,
                    Optional.of("user"),
                    Optional.of("password"),
                    Optional.empty(),
                    "berth@harbour-test.com"));
            assertThat(refused.problem().toString()).doesNotContain("secret");
            assertThat(heard.join()).doesNotContain("user").doesNotContain("password");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"169.254.169.254", "0.0.0.0", "224.0.0.1", "fe80::1", "::"})
    void anAddressThatNoMailServerHasIsNotConnectedTo(String host) {
        var access = new MailAccess(
                host, 25, MailSecurity.NONE, Optional.empty(), Optional.empty(), Optional.empty(), "a@example.com");
        assertThat(refusal(access).problem()).isEqualTo(Problem.of("mail-host-forbidden", host));
    }

    @Test
    void aSubjectStaysOneHeader() throws Exception {
        try (var postbox = Postbox.open(MailSecurity.NONE);
                var connection = SmtpConnection.open(
                        access(postbox, MailSecurity.NONE, Optional.empty(), null), "panel.harbour-test.com")) {
            var letter = new Letter("ann@example.com", "en", "one\r\nBcc: eve@example.com\r\n\r\ntwo", "text");
            connection.send(letter, "berth-1", Instant.now());
            var message = postbox.received().get(0);
            assertThat(message.getSubject()).isEqualTo("one Bcc: eve@example.com two");
            assertThat(message.getHeader("Bcc")).isNull();
            assertThat(Postbox.text(message).strip()).isEqualTo("text");
        }
    }

    private static String greetAndListen(ServerSocket other, String greeting) {
        try (var socket = other.accept()) {
            socket.getOutputStream().write(greeting.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException broken) {
            return broken.toString();
        }
    }

    private static MailFailure refusal(MailAccess access) {
        return catchThrowableOfType(MailFailure.class, () -> send(access));
    }

    private static String send(MailAccess access) {
        try (var connection = SmtpConnection.open(access, "panel.harbour-test.com")) {
            return connection.send(LETTER, "berth-1", Instant.now());
        }
    }

    private static MailAccess access(Postbox postbox, MailSecurity security, Optional<String> password, String root) {
        return new MailAccess(
                "localhost",
                postbox.port(),
                security,
                password.map(any -> Postbox.LOGIN),
                password,
                Optional.ofNullable(root),
                "berth@harbour-test.com");
    }
}
