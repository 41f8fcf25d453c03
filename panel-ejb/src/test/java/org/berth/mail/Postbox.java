package org.berth.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/** A real mail server (SubEtha SMTP) that takes mail or refuses it, as a test wishes. */
public final class Postbox implements AutoCloseable {

    /** What it lets in when it wants a login. */
    public static final String LOGIN = "berth@harbour-test.com";

    public static final String PASSWORD = "correct horse, battery";

    private static final char[] STORE_PASSWORD = "changeit".toCharArray();

    private final List<MimeMessage> received = new CopyOnWriteArrayList<>();
    private final SMTPServer server;
    private final KeyStore keys;
    private volatile Optional<RejectException> refusal = Optional.empty();

    private Postbox(MailSecurity security, int port, boolean login) {
        try {
            keys = keys();
            server = server(security, port, login);
            server.start();
        } catch (IOException | GeneralSecurityException unusable) {
            throw new IllegalStateException(unusable);
        }
    }

    /** One that takes mail from everybody. */
    public static Postbox open(MailSecurity security) {
        return new Postbox(security, 0, false);
    }

    /** One at a port where another one was before. */
    public static Postbox openAt(int port) {
        return new Postbox(MailSecurity.NONE, port, false);
    }

    /** One that wants {@link #LOGIN} and {@link #PASSWORD}. */
    public static Postbox withLogin(MailSecurity security) {
        return new Postbox(security, 0, true);
    }

    public int port() {
        return server.getPortAllocated();
    }

    /** By what its TLS is verified, in PEM. */
    public String root() {
        try {
            var lines = Base64.getMimeEncoder()
                    .encodeToString(keys.getCertificate("postbox").getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    /** From now on it refuses each mail by this answer. */
    public void refuse(int code, String words) {
        refusal = Optional.of(new RejectException(code, words));
    }

    /** From now on it takes mail. */
    public void take() {
        refusal = Optional.empty();
    }

    /** What it took, the oldest first. */
    public List<MimeMessage> received() {
        return List.copyOf(received);
    }

    /** What it took for one recipient. */
    public List<MimeMessage> received(String recipient) {
        return received.stream()
                .filter(message -> header(message, "To").equals(recipient))
                .toList();
    }

    /** One header of a message, as it was sent. */
    public static String header(MimeMessage message, String name) {
        try {
            return message.getHeader(name, null);
        } catch (MessagingException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    /** The subject as people read it. */
    public static String subject(MimeMessage message) {
        try {
            return message.getSubject();
        } catch (MessagingException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    /** The text as people read it. */
    public static String text(MimeMessage message) {
        try {
            return String.valueOf(message.getContent()).replace("\r\n", "\n");
        } catch (IOException | MessagingException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    @Override
    public void close() {
        server.stop();
    }

    private SMTPServer server(MailSecurity security, int port, boolean login) throws GeneralSecurityException {
        var builder = SMTPServer.port(port).hostName("postbox").messageHandlerFactory(context -> new Slot());
        if (login) {
            builder.requireAuth().authenticationHandlerFactory(new EasyAuthenticationHandlerFactory(Postbox::check));
        }
        return switch (security) {
            case NONE -> builder.build();
            case STARTTLS ->
                builder.enableTLS().requireTLS().startTlsSocketFactory(tls()).build();
            case TLS -> builder.serverSocketFactory(tls()).build();
        };
    }

    private static void check(String login, String password, MessageContext context) throws LoginFailedException {
        if (!login.equals(LOGIN) || !password.equals(PASSWORD)) {
            throw new LoginFailedException("5.7.8 no such login");
        }
    }

    private SSLContext tls() throws GeneralSecurityException {
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, STORE_PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    /** A key and a certificate for localhost, by Java's own tool. */
    private static KeyStore keys() throws IOException, GeneralSecurityException {
        var folder = Files.createTempDirectory("postbox");
        var file = folder.resolve("keys.p12");
        try {
            var made = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "postbox",
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=localhost",
                            "-ext",
                            "san=dns:localhost",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            file.toString(),
                            "-storepass",
                            String.valueOf(STORE_PASSWORD))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (made != 0) {
                throw new IOException("keytool ended with " + made);
            }
            var store = KeyStore.getInstance("PKCS12");
            try (InputStream stored = Files.newInputStream(file)) {
                store.load(stored, STORE_PASSWORD);
            }
            return store;
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new IOException(hurried);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    /** Where one mail comes in. */
    private final class Slot implements MessageHandler {

        @Override
        public void from(String sender) {}

        @Override
        public void recipient(String recipient) throws RejectException {
            if (refusal.isPresent()) {
                throw refusal.get();
            }
        }

        @Override
        public String data(InputStream data) {
            try {
                received.add(new MimeMessage(
                        Session.getInstance(new Properties()), new ByteArrayInputStream(data.readAllBytes())));
                return "2.0.0 Ok: queued as " + received.size();
            } catch (MessagingException unreadable) {
                throw new IllegalStateException(unreadable);
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }

        @Override
        public void done() {}
    }
}
