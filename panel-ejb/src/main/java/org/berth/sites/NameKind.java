package org.berth.sites;

/** Why a site answers to a name. */
public enum NameKind {
    /** The site's own name. */
    CANONICAL,
    /** Its {@code www.} twin. */
    WWW,
    ALIAS,
    /** Held for a change that is being made; the site does not answer to it yet. */
    RESERVED
}
