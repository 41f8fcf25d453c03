package org.berth.mail;

import java.util.List;
import java.util.Optional;

/**
 * The mail server as administrators see it.
 *
 * @param login empty where it wants none
 * @param hasPassword whether one is stored; it is never shown
 * @param roots what its TLS is verified by, in PEM; empty for what Java trusts
 * @param recipients who gets alarms
 * @param language of mails to those who are nobody's account or have chosen none
 * @param alarms what is mailed
 */
public record MailServerView(
        String host,
        int port,
        MailSecurity security,
        Optional<String> login,
        boolean hasPassword,
        Optional<String> roots,
        String sender,
        List<String> recipients,
        String language,
        List<AlarmKind> alarms) {}
