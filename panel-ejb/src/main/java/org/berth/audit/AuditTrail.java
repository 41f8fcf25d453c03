package org.berth.audit;

import jakarta.enterprise.context.RequestScoped;

/** Whether the request at hand left an entry, so that an interface adds one only for what never reached a boundary. */
@RequestScoped
public class AuditTrail {

    private boolean written;

    /** An entry was written. */
    void entryWritten() {
        written = true;
    }

    public boolean isWritten() {
        return written;
    }
}
