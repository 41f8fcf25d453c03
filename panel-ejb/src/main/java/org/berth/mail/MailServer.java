package org.berth.mail;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.List;
import java.util.Optional;
import org.berth.jobs.Json;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;
import org.berth.security.SecretBox;

/** The mail server as it is stored; there is one at most. */
@Entity
@Table(name = "mail_server")
class MailServer {

    static final int ID = 1;

    @Id
    private int id = ID;

    private String host;
    private int port;

    @Enumerated(EnumType.STRING)
    private MailSecurity security;

    private String login;

    @Column(name = "password")
    private String sealedPassword;

    private String roots;
    private String sender;
    private String recipients;
    private String language;
    private String alarms;

    @Version
    private int version;

    protected MailServer() {}

    MailServer(MailServerDraft draft, SecretBox box) {
        change(draft, box);
    }

    /** Takes over what an administrator wants. A stored password stays with the server and the login it was typed for. */
    final void change(MailServerDraft draft, SecretBox box) {
        var wantedLogin = draft.login().orElse(null);
        if (wantedLogin == null) {
            sealedPassword = null;
        } else if (draft.password().isPresent()) {
            sealedPassword = box.seal(draft.password().get());
        } else if (sealedPassword == null
                || !draft.host().equals(host)
                || !wantedLogin.equals(login)
                || draft.port() != port
                || draft.security() != security) {
            throw new InvalidInput(Problem.of("mail-password-again").at("password"));
        }
        host = draft.host();
        port = draft.port();
        security = draft.security();
        login = wantedLogin;
        roots = draft.roots().orElse(null);
        sender = draft.sender();
        recipients = Json.texts(draft.recipients());
        language = draft.language();
        alarms = Json.texts(draft.alarms().stream().map(AlarmKind::text).toList());
    }

    MailAccess access(SecretBox box) {
        return new MailAccess(
                host,
                port,
                security,
                Optional.ofNullable(login),
                Optional.ofNullable(sealedPassword).map(box::open),
                Optional.ofNullable(roots),
                sender);
    }

    List<String> recipients() {
        return Json.texts(recipients);
    }

    String language() {
        return language;
    }

    List<AlarmKind> alarms() {
        return AlarmKind.ALL.stream()
                .filter(kind -> Json.texts(alarms).contains(kind.text()))
                .toList();
    }

    MailServerView view() {
        return new MailServerView(
                host,
                port,
                security,
                Optional.ofNullable(login),
                sealedPassword != null,
                Optional.ofNullable(roots),
                sender,
                recipients(),
                language,
                alarms());
    }
}
