package org.berth.mail;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.berth.platform.Problem;
import org.berth.platform.TrustedRoots;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * A connection to the mail server (RFC 5321 by Angus Mail, which the server that runs Berth brings along), for several mails.
 * Every failure is told by the server's own answer where it gave one.
 */
final class SmtpConnection implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SmtpConnection.class.getName());

    private static final String CONNECTS_WITHIN = "10000";
    private static final String ANSWERS_WITHIN = "20000";

    /** First digit of an answer that means never, RFC 5321 4.2.1; smaller ones than 4 are no refusal. */
    private static final String PERMANENT = "5";

    private static final int REFUSAL = 400;
    private static final int LONGEST_ANSWER = 300;

    /** How answers begin, RFC 5321 4.2. What another service says is nobody's business here. */
    private static final Pattern REPLY = Pattern.compile("[2-5][0-9]{2}[ -]");

    private final MailAccess access;
    private final Session session;
    private final SMTPTransport transport;

    private SmtpConnection(MailAccess access, Session session, SMTPTransport transport) {
        this.access = access;
        this.session = session;
        this.transport = transport;
    }

    /**
     * Connects and logs in.
     *
     * @param name of this host, as it greets the server
     * @throws MailFailure about the server
     */
    static SmtpConnection open(MailAccess access, String name) {
        MailAddressRules.check(access.host());
        var session = Session.getInstance(settings(access, name));
        try {
            var transport = (SMTPTransport) session.getTransport("smtp");
            var connection = new SmtpConnection(access, session, transport);
            connection.connect();
            return connection;
        } catch (MessagingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Sends one mail.
     *
     * @param number by which a recipient's server can tell a mail that comes twice
     * @return the server's answer
     */
    String send(Letter letter, String number, Instant now) {
        try {
            var message = message(letter, number, now);
            transport.sendMessage(message, message.getAllRecipients());
            return answer();
        } catch (MessagingException refused) {
            throw failure(refused);
        }
    }

    @Override
    public void close() {
        try {
            transport.close();
        } catch (MessagingException gone) {
            // What was to be said was answered before.
            LOG.log(Level.FINE, "the mail server did not say goodbye", gone);
        }
    }

    private void connect() {
        try {
            transport.connect(
                    access.host(),
                    access.port(),
                    access.login().orElse(null),
                    access.password().orElse(null));
        } catch (AuthenticationFailedException refused) {
            throw MailFailure.ofServer(Problem.of("mail-login-refused", access.host(), answerOr(refused)));
        } catch (MessagingException failed) {
            throw MailFailure.ofServer(unconnected(failed));
        }
    }

    private Problem unconnected(MessagingException failed) {
        var tls = causes(failed)
                .filter(SSLException.class::isInstance)
                .map(Throwable::getMessage)
                .findFirst();
        if (tls.isPresent()) {
            return Problem.of("mail-tls", access.host(), tls.get());
        }
        if (!answer().isEmpty()) {
            return access.security() == MailSecurity.STARTTLS && transport.getLastReturnCode() < REFUSAL
                    ? Problem.of("mail-no-starttls", access.host())
                    : Problem.of("mail-server-refused", access.host(), answer());
        }
        var said = transport.getLastServerResponse();
        return said == null || said.isBlank()
                ? Problem.of("mail-unreachable", access.host(), access.port(), reason(failed))
                : Problem.of("mail-no-smtp", access.host(), access.port());
    }

    /** What a refusal while a mail was handed over means; the innermost exception holds the server's words about it. */
    private MailFailure failure(MessagingException refused) {
        var said = causes(refused)
                .map(cause -> String.valueOf(cause.getMessage()))
                .filter(text -> REPLY.matcher(text).lookingAt())
                .reduce((first, second) -> second);
        if (said.isEmpty()) {
            return MailFailure.ofServer(Problem.of("mail-unreachable", access.host(), access.port(), reason(refused)));
        }
        var problem = Problem.of("mail-refused", access.host(), shortened(said.get()));
        return said.get().startsWith(PERMANENT) ? MailFailure.lasting(problem) : MailFailure.passing(problem);
    }

    private MimeMessage message(Letter letter, String number, Instant now) throws MessagingException {
        var sender = new InternetAddress(access.sender());
        var message = new Numbered(
                session, number + access.sender().substring(access.sender().indexOf('@')));
        message.setFrom(sender);
        message.setRecipient(MimeMessage.RecipientType.TO, new InternetAddress(letter.recipient()));
        message.setSubject(letter.subject(), StandardCharsets.UTF_8.name());
        message.setText(letter.body(), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(now));
        message.setContentLanguage(new String[] {letter.language()});
        // RFC 3834: nobody's absence is told to a machine.
        message.setHeader("Auto-Submitted", "auto-generated");
        message.saveChanges();
        return message;
    }

    /** A message that is the same one whenever it is sent again. */
    private static final class Numbered extends MimeMessage {

        private final String number;

        Numbered(Session session, String number) {
            super(session);
            this.number = number;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + number + ">");
        }
    }

    /** How a host says who it is: an address stands in brackets (RFC 5321, 4.1.3), else servers refuse it. */
    static String greeting(String name) {
        if (name.contains(":")) {
            return "[IPv6:" + name + "]";
        }
        return name.matches("[0-9.]+") ? "[" + name + "]" : name;
    }

    private static Properties settings(MailAccess access, String name) {
        var settings = new Properties();
        settings.setProperty("mail.smtp.localhost", greeting(name));
        settings.setProperty("mail.smtp.connectiontimeout", CONNECTS_WITHIN);
        settings.setProperty("mail.smtp.timeout", ANSWERS_WITHIN);
        settings.setProperty("mail.smtp.writetimeout", ANSWERS_WITHIN);
        settings.setProperty("mail.smtp.from", access.sender());
        settings.setProperty("mail.smtp.auth", String.valueOf(access.login().isPresent()));
        settings.setProperty("mail.smtp.ssl.protocols", "TLSv1.3 TLSv1.2");
        settings.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        switch (access.security()) {
            case TLS -> settings.setProperty("mail.smtp.ssl.enable", "true");
            case STARTTLS -> {
                settings.setProperty("mail.smtp.starttls.enable", "true");
                settings.setProperty("mail.smtp.starttls.required", "true");
            }
            case NONE -> settings.setProperty("mail.smtp.starttls.enable", "false");
        }
        access.roots()
                .ifPresent(pem -> settings.put(
                        "mail.smtp.ssl.socketFactory", TrustedRoots.context(pem).getSocketFactory()));
        return settings;
    }

    /** What the server said last, in a line; empty when it has said nothing that is an answer of SMTP. */
    private String answer() {
        var said = transport.getLastServerResponse();
        return said == null || !REPLY.matcher(said).lookingAt() ? "" : shortened(said);
    }

    private String answerOr(MessagingException failed) {
        return answer().isEmpty() ? reason(failed) : answer();
    }

    private static String reason(MessagingException failed) {
        return shortened(causes(failed)
                .reduce((first, second) -> second)
                .map(cause -> String.valueOf(cause.getMessage()))
                .orElseThrow());
    }

    private static Stream<Throwable> causes(Throwable failed) {
        return Stream.iterate(failed, cause -> cause != null, Throwable::getCause);
    }

    private static String shortened(String text) {
        var line = text.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}]+", " ").strip();
        return line.length() > LONGEST_ANSWER ? line.substring(0, LONGEST_ANSWER) : line;
    }
}
