package org.berth.sites;

import java.util.List;
import java.util.Optional;

/** What somebody wants to be different about a site; what is empty stays as it is. */
public record SiteChange(
        Optional<String> phpVersion, Optional<WwwChoice> www, Optional<List<String>> aliases, TlsChange tls) {

    /** A change that leaves the way to HTTPS as it is. */
    public SiteChange(Optional<String> phpVersion, Optional<WwwChoice> www, Optional<List<String>> aliases) {
        this(phpVersion, www, aliases, TlsChange.NONE);
    }

    /** A change of the way to HTTPS alone. */
    public static SiteChange of(TlsChange tls) {
        return new SiteChange(Optional.empty(), Optional.empty(), Optional.empty(), tls);
    }
}
