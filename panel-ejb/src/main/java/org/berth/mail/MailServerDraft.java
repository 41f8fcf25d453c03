package org.berth.mail;

import com.google.common.net.InetAddresses;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.berth.accounts.Preferences;
import org.berth.audit.Auditable;
import org.berth.audit.Target;
import org.berth.platform.DomainName;
import org.berth.platform.EmailAddress;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;
import org.berth.platform.TrustedRoots;

/**
 * The mail server as an administrator wants it, and who gets alarms.
 *
 * @param host name or address of the server
 * @param port 1 to 65535
 * @param login empty where the server wants none
 * @param password empty keeps the one that is there
 * @param roots certificates in PEM by which its TLS is verified, empty for what Java trusts
 * @param sender address that the mails come from
 * @param recipients 1 to 10 addresses that get alarms
 * @param language of mails to those who are nobody's account or have chosen none: {@code en} or {@code de}
 * @param alarms what is mailed
 */
public record MailServerDraft(
        String host,
        int port,
        MailSecurity security,
        Optional<String> login,
        Optional<String> password,
        Optional<String> roots,
        String sender,
        List<String> recipients,
        String language,
        List<AlarmKind> alarms)
        implements Auditable {

    private static final int HIGHEST_PORT = 65_535;
    private static final int MOST_RECIPIENTS = 10;

    public MailServerDraft {
        host = DomainName.asciiOrSame(host.strip().toLowerCase(Locale.ROOT));
        login = login.map(String::strip).filter(text -> !text.isEmpty());
        password = password.filter(text -> !text.isEmpty());
        roots = roots.map(String::strip).filter(text -> !text.isEmpty());
        sender = sender.strip();
        recipients = recipients.stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .distinct()
                .toList();
        alarms = alarms.stream().distinct().sorted().toList();
        var wrong = new ArrayList<Problem>();
        if (!isHost(host)) {
            wrong.add(Problem.of("mail-host", host).at("host"));
        } else if (MailAddressRules.isForbiddenLiteral(host)) {
            wrong.add(Problem.of("mail-host-forbidden", host).at("host"));
        }
        if (port < 1 || port > HIGHEST_PORT) {
            wrong.add(Problem.of("mail-port", port).at("port"));
        }
        if (login.filter(text -> !text.matches("[^\\p{Cntrl}]{1,254}")).isPresent()) {
            wrong.add(Problem.of("mail-login").at("login"));
        }
        if (password.filter(text -> !text.matches("[^\\p{Cntrl}]{1,500}")).isPresent()
                || password.isPresent() && login.isEmpty()) {
            wrong.add(Problem.of("mail-password").at("password"));
        }
        if (login.isPresent() && security == MailSecurity.NONE && !MailAddressRules.isThisHost(host)) {
            wrong.add(Problem.of("mail-password-plain").at("security"));
        }
        if (roots.filter(text -> !TrustedRoots.areIn(text)).isPresent()) {
            wrong.add(Problem.of("mail-roots").at("roots"));
        }
        if (!EmailAddress.isOne(sender)) {
            wrong.add(Problem.of("mail-sender", sender).at("sender"));
        }
        wrong.addAll(wrongRecipients(recipients));
        if (!Preferences.LANGUAGES.contains(language)) {
            wrong.add(Problem.of("language-unknown", language).at("language"));
        }
        if (!wrong.isEmpty()) {
            throw new InvalidInput(wrong);
        }
    }

    private static List<Problem> wrongRecipients(List<String> recipients) {
        var wrong = new ArrayList<Problem>();
        var seen = new HashSet<String>();
        if (recipients.isEmpty() || recipients.size() > MOST_RECIPIENTS) {
            wrong.add(Problem.of("mail-recipients", MOST_RECIPIENTS).at("recipients"));
        }
        for (var recipient : recipients) {
            if (!EmailAddress.isOne(recipient)) {
                wrong.add(Problem.of("mail-recipient", recipient).at("recipients"));
            } else if (!seen.add(recipient.toLowerCase(Locale.ROOT))) {
                wrong.add(Problem.of("mail-recipient-twice", recipient).at("recipients"));
            }
        }
        return wrong;
    }

    private static boolean isHost(String host) {
        return MailAddressRules.isThisHost(host) || DomainName.isOne(host) || InetAddresses.isInetAddress(host);
    }

    @Override
    public Target auditTarget() {
        return new Target("mail", 0, host);
    }

    @Override
    public String auditDetail() {
        return host + ":" + port + " " + security.text() + "; from " + sender + " to " + String.join(", ", recipients);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "MailServerDraft[" + auditDetail() + "]";
    }
}
