package org.berth.web.mail;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.berth.mail.AlarmKind;
import org.berth.mail.MailSecurity;
import org.berth.mail.MailServerDraft;
import org.berth.mail.MailServerView;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;

/** What an administrator types about the mail server. */
public class MailForm {

    private String host = "";
    private String port = String.valueOf(MailSecurity.STARTTLS.usualPort());
    private String security = MailSecurity.STARTTLS.text();
    private String login = "";
    private String password = "";
    private String roots = "";
    private String sender = "";
    private String recipients = "";
    private String language = "en";
    private List<String> alarms = kinds(AlarmKind.ALL);

    MailForm() {}

    MailForm(MailServerView stored) {
        host = stored.host();
        port = String.valueOf(stored.port());
        security = stored.security().text();
        login = stored.login().orElse("");
        roots = stored.roots().orElse("");
        sender = stored.sender();
        recipients = String.join("\n", stored.recipients());
        language = stored.language();
        alarms = kinds(stored.alarms());
    }

    MailServerDraft draft() {
        return new MailServerDraft(
                host,
                number(),
                MailSecurity.of(security),
                Optional.of(login),
                Optional.of(password),
                Optional.of(roots),
                sender,
                recipients.lines().toList(),
                language,
                alarms.stream().map(AlarmKind::of).toList());
    }

    private int number() {
        if (!port.strip().matches("[0-9]{1,5}")) {
            throw new InvalidInput(Problem.of("mail-port", port.strip()).at("port"));
        }
        return Integer.parseInt(port.strip());
    }

    private static List<String> kinds(List<AlarmKind> kinds) {
        return kinds.stream().map(AlarmKind::text).toList();
    }

    public List<String> getSecurities() {
        return Stream.of(MailSecurity.values()).map(MailSecurity::text).toList();
    }

    public List<String> getKinds() {
        return kinds(AlarmKind.ALL);
    }

    public String getHost() {
        return host;
    }

    public void setHost(String host) {
        this.host = host;
    }

    public String getPort() {
        return port;
    }

    public void setPort(String port) {
        this.port = port;
    }

    public String getSecurity() {
        return security;
    }

    public void setSecurity(String security) {
        this.security = security;
    }

    public String getLogin() {
        return login;
    }

    public void setLogin(String login) {
        this.login = login;
    }

    public String getPassword() {
        return password;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    public String getRoots() {
        return roots;
    }

    public void setRoots(String roots) {
        this.roots = roots;
    }

    public String getSender() {
        return sender;
    }

    public void setSender(String sender) {
        this.sender = sender;
    }

    public String getRecipients() {
        return recipients;
    }

    public void setRecipients(String recipients) {
        this.recipients = recipients;
    }

    public String getLanguage() {
        return language;
    }

    public void setLanguage(String language) {
        this.language = language;
    }

    /** Whether mail is wanted about this kind of alarms. */
    public boolean isChosen(String kind) {
        return alarms.contains(kind);
    }

    /** The boxes that are ticked, null for none. */
    void choose(String... ticked) {
        alarms = ticked == null ? List.of() : List.of(ticked);
    }
}
