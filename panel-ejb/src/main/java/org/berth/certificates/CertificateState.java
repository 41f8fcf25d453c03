package org.berth.certificates;

/** Where a certificate stands in its life. */
public enum CertificateState {
    /** Wished for; the authority has not issued it (yet). */
    REQUESTED,
    /** Issued; the host does not serve it yet. */
    ISSUED,
    /** What visitors get. */
    SERVED,
    /** Another one came after it. */
    REPLACED,
    /** The last attempt to get it failed. The next one goes on with it, unless it was issued: then the host refused or lost it. */
    FAILED,
    /** The authority has declared it void. */
    REVOKED,
    /** Issued to see that it is; nobody gets it. */
    TRIED;

    boolean isUnissued() {
        return this == REQUESTED || this == FAILED;
    }
}
