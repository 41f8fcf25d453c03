package org.berth.mail;

import java.util.Optional;

/**
 * How the mail server is reached.
 *
 * @param password in the clear
 */
record MailAccess(
        String host,
        int port,
        MailSecurity security,
        Optional<String> login,
        Optional<String> password,
        Optional<String> roots,
        String sender) {

    /** Without the password. */
    @Override
    public String toString() {
        return "MailAccess[" + host + ":" + port + "]";
    }
}
