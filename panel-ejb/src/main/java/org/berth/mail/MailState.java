package org.berth.mail;

/** How far a mail is. */
public enum MailState {
    /** Will be sent, or sent again. */
    WAITING,
    /** The server has taken it. */
    SENT,
    /** The server refused it for good, or it could not be sent for too long. */
    FAILED
}
