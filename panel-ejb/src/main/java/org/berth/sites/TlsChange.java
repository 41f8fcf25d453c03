package org.berth.sites;

import java.util.Optional;

/**
 * What somebody wants to be different about the way to HTTPS; what is empty stays as it is.
 *
 * @param confirmed whether what cannot be taken back, or may lock visitors out, was read and is wanted all the same
 */
public record TlsChange(Optional<Boolean> forceHttps, Optional<Hsts> hsts, Optional<Boolean> http3, boolean confirmed) {

    /** Nothing. */
    public static final TlsChange NONE = new TlsChange(Optional.empty(), Optional.empty(), Optional.empty(), false);
}
