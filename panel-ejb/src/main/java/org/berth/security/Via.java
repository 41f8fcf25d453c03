package org.berth.security;

/** The interface through which somebody acts. */
public enum Via {
    WEB,
    REST,
    CLI,
    /** Berth itself, by the clock. */
    SYSTEM
}
