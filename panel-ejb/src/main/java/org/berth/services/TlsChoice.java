package org.berth.services;

import org.berth.audit.Auditable;
import org.berth.audit.Target;

/**
 * What all sites are to take of TLS.
 *
 * @param confirmed whether it was read that this leaves older browsers out, and is wanted all the same
 */
public record TlsChoice(TlsProfile profile, boolean confirmed) implements Auditable {

    @Override
    public Target auditTarget() {
        return new Target("host", 0, "");
    }

    @Override
    public String auditDetail() {
        return profile.text();
    }
}
