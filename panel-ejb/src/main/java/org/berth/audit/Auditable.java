package org.berth.audit;

/** An input or a result that knows what the audit has to say about it. */
public interface Auditable {

    /** What the action is on. */
    Target auditTarget();

    /** What else is worth keeping, such as the new values; never a secret. */
    default String auditDetail() {
        return "";
    }

    /** The job that does it, 0 when there is none. */
    default long auditJob() {
        return 0;
    }
}
