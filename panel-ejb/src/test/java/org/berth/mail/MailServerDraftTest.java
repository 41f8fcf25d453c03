package org.berth.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailServerDraftTest {

    private String host = "mail.harbour-test.com";
    private int port = 587;
    private MailSecurity security = MailSecurity.STARTTLS;
    private String login = "";
    private String password = "";
    private String roots = "";
    private String sender = "berth@harbour-test.com";
    private List<String> recipients = List.of("ann@example.com");
    private String language = "en";

    @ParameterizedTest
    @CsvSource({
        "MAIL.Harbour-Test.com, mail.harbour-test.com",
        "bücher.example.com, xn--bcher-kva.example.com",
        "localhost, localhost",
        "127.0.0.1, 127.0.0.1",
        "10.0.0.7, 10.0.0.7",
        "2001:db8::1, 2001:db8::1"
    })
    void aHostIsTakenByNameOrAddress(String typed, String kept) {
        host = typed;
        assertThat(draft().host()).isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mail",
                "mail.harbour-test.com;id",
                "$(id).com",
                "mail.harbour-test.com\nEHLO x",
                "-a.com",
                "http://mail.harbour-test.com",
                "mail.harbour-test.com:25",
                "mail harbour.com",
                "0x7f.1"
            })
    void whatIsNoHostIsRefused(String typed) {
        host = typed;
        assertThat(wrong()).extracting(Problem::code, Problem::field).containsExactly(tuple("mail-host", "host"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"169.254.169.254", "0.0.0.0", "224.0.0.1", "fe80::1", "::", "::ffff:169.254.169.254"})
    void anAddressThatNoMailServerHasIsRefused(String typed) {
        host = typed;
        assertThat(wrong())
                .extracting(Problem::code, Problem::field)
                .containsExactly(tuple("mail-host-forbidden", "host"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ann",
                "ann@example",
                "ann@example.com\r\nBcc: eve@example.com",
                "ann@example.com,eve@example.com",
                "<ann@example.com>",
                "Ann <ann@example.com>",
                "ann@example.com>\r\nRCPT TO:<eve@example.com",
                "ann@exa mple.com",
                "\"a b\"@example.com"
            })
    void anAddressHoldsNothingThatCouldEndAHeaderOrACommand(String typed) {
        sender = typed;
        recipients = List.of("ann@example.com", typed);
        assertThat(wrong())
                .extracting(Problem::code, Problem::field)
                .containsExactly(tuple("mail-sender", "sender"), tuple("mail-recipient", "recipients"));
    }

    @Test
    void thereIsSomebodyToTellButNotACrowd() {
        recipients = List.of("", " ");
        assertThat(wrong()).extracting(Problem::code).containsExactly("mail-recipients");
        recipients =
                IntStream.range(0, 11).mapToObj(n -> "a" + n + "@example.com").toList();
        assertThat(wrong()).extracting(Problem::code).containsExactly("mail-recipients");
        recipients = List.of("ann@example.com", "Ann@example.com");
        assertThat(wrong()).extracting(Problem::code).containsExactly("mail-recipient-twice");
    }

    @Test
    void aPasswordGoesOverTlsOrStaysOnThisHost() {
        login = "user";
        password = "secret";
        security = MailSecurity.NONE;
        assertThat(wrong())
                .extracting(Problem::code, Problem::field)
                .containsExactly(tuple("mail-password-plain", "security"));
        host = "localhost";
        assertThat(draft().login()).contains("user");
    }

    @Test
    void aPasswordIsOneLineAndSomebodys() {
        password = "secret";
        assertThat(wrong()).extracting(Problem::code).containsExactly("mail-password");
        login = "user";
        password = "sec\nret";
        assertThat(wrong()).extracting(Problem::code).containsExactly("mail-password");
        password = "x".repeat(501);
        assertThat(wrong()).extracting(Problem::code).containsExactly("mail-password");
        password = " with blanks ";
        assertThat(draft().password()).contains(" with blanks ");
        assertThat(draft().toString() + draft().auditDetail()).doesNotContain("with blanks");
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        port = 0;
        roots = "no certificate";
        language = "fr";
        login = "two\nlines";
        assertThat(wrong()).extracting(Problem::field).containsExactly("port", "login", "roots", "language");
    }

    private static org.assertj.core.groups.Tuple tuple(String code, String field) {
        return org.assertj.core.groups.Tuple.tuple(code, field);
    }

    private List<Problem> wrong() {
        return catchThrowableOfType(InvalidInput.class, this::draft).problems();
    }

    private MailServerDraft draft() {
        return new MailServerDraft(
                host,
                port,
                security,
                Optional.of(login),
                Optional.of(password),
                Optional.of(roots),
                sender,
                recipients,
                language,
                AlarmKind.ALL);
    }
}
