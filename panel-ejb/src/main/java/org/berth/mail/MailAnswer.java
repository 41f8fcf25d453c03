package org.berth.mail;

/**
 * What the mail server said to a test.
 *
 * @param recipient to whom the mail went
 * @param answer the server's words, such as {@code 250 2.0.0 Ok: queued as 4XyZ}
 */
public record MailAnswer(String recipient, String answer) {}
