package org.berth.mail;

/**
 * What is said to one recipient.
 *
 * @param recipient an address
 * @param language of subject and body, {@code en} or {@code de}
 * @param subject one line
 * @param body plain text, lines end with {@code \n}
 */
record Letter(String recipient, String language, String subject, String body) {

    private static final int LONGEST_SUBJECT = 200;

    Letter {
        // Words of others, such as of a server, may be part of it.
        subject = subject.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}]+", " ").strip();
        subject = subject.length() > LONGEST_SUBJECT ? subject.substring(0, LONGEST_SUBJECT - 1) + "…" : subject;
    }
}
