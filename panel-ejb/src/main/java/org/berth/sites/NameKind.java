package org.berth.sites;

/** Why a site answers to a name. */
public enum NameKind {
    /** The site's own name. */
    CANONICAL,
    /** Its {@code www.} twin. */
    WWW,
    ALIAS
}
