package org.berth.web.mail;

import java.util.List;
import java.util.Optional;
import org.berth.mail.AlarmKind;
import org.berth.mail.MailServerView;

/**
 * The mail server as the API shows it.
 *
 * @param security {@code none}, {@code starttls} or {@code tls}
 * @param hasPassword whether one is stored; it is never shown
 * @param alarms kinds that are mailed
 */
public record MailServerJson(
        String host,
        int port,
        String security,
        Optional<String> login,
        boolean hasPassword,
        Optional<String> roots,
        String sender,
        List<String> recipients,
        String language,
        List<String> alarms) {

    static MailServerJson of(MailServerView server) {
        return new MailServerJson(
                server.host(),
                server.port(),
                server.security().text(),
                server.login(),
                server.hasPassword(),
                server.roots(),
                server.sender(),
                server.recipients(),
                server.language(),
                server.alarms().stream().map(AlarmKind::text).toList());
    }
}
