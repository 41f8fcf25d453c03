package org.berth.mail;

import org.berth.platform.HostFailure;
import org.berth.platform.Problem;

/** A mail was not taken. Says whether that is about the mail or about the server, and whether to try again. */
public final class MailFailure extends HostFailure {

    private static final long serialVersionUID = 1L;

    /** What a failure means for the mail. */
    public enum Kind {
        /** The server cannot be used now, whatever the mail: other mails wait, too. */
        SERVER,
        /** This mail may be taken later: an answer 4yz (RFC 5321 4.2.1). */
        PASSING,
        /** This mail is not taken, ever: an answer 5yz. */
        LASTING
    }

    private final Kind kind;

    private MailFailure(Kind kind, Problem problem) {
        super(problem);
        this.kind = kind;
    }

    static MailFailure ofServer(Problem problem) {
        return new MailFailure(Kind.SERVER, problem);
    }

    static MailFailure passing(Problem problem) {
        return new MailFailure(Kind.PASSING, problem);
    }

    static MailFailure lasting(Problem problem) {
        return new MailFailure(Kind.LASTING, problem);
    }

    Kind kind() {
        return kind;
    }
}
