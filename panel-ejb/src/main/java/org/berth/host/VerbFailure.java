package org.berth.host;

import org.berth.platform.HostFailure;
import org.berth.platform.Problem;

/** A verb that did not do what it was called for. */
public class VerbFailure extends HostFailure {

    /** Code of the problem of a verb that says why it failed and has left nothing half done: it may succeed later. */
    public static final String ORDINARY = "host-failed";

    /** What the host knows about the failure; decides how a job goes on. */
    public enum Kind {
        /** The verb found its input wrong: the panel and the host-scripts disagree. Nothing was changed. */
        BAD_INPUT,
        /** What the verb works on is not there. Nothing was changed. */
        NOT_FOUND,
        /** The host's state forbids it. Nothing was changed. */
        CONFLICT,
        /** Another verb works on the same site; worth another try soon. Nothing was changed. */
        BUSY,
        /** A newer lease has been seen for the site: the caller must stop at once. Nothing was changed. */
        OUTRANKED,
        /** Failed, and what was begun has been taken back. */
        UNDONE,
        /** Failed halfway: a person should look. */
        NEEDS_A_LOOK,
        /** No answer in time; the verb may still be running. */
        TIMED_OUT,
        /** The verb could not be started, or what it answered makes no sense. */
        UNREACHABLE
    }

    private final Kind kind;
    private final String log;

    public VerbFailure(Kind kind, Problem problem, String log) {
        super(problem);
        this.kind = kind;
        this.log = log;
    }

    public Kind kind() {
        return kind;
    }

    /** What the verb told people before it failed, empty when nothing. */
    public String log() {
        return log;
    }
}
