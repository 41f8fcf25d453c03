package org.berth.sites;

/** A part of what a site has on the host; each is made and mended by a verb of its own. In the order of making. */
public enum SitePart {
    /** The Linux user, its group, and what it may have on disk. */
    USER,
    /** The home folder with what Berth lays out in it. */
    FILES,
    /** Pool, socket and limits. */
    PHP,
    /** The database's user and its rights; the data themselves nobody can make again. */
    DATABASE,
    /** What the web server answers, its logs, and the hold on the names. */
    VHOST,
    /** Keys of certificates that were ordered, of which the one is kept that somebody may go on with. */
    KEYS,
    /** Whether visitors get through. */
    STATE;

    /** Name of the step that works on it. */
    String step() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
