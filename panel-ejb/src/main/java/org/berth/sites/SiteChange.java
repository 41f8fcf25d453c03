package org.berth.sites;

import java.util.List;
import java.util.Optional;

/** What somebody wants to be different about a site; what is empty stays as it is. */
public record SiteChange(Optional<String> phpVersion, Optional<WwwChoice> www, Optional<List<String>> aliases) {}
