package org.berth.security;

/** What kind of account somebody has; each role is a template of permissions ({@link Actor#may}). */
public enum Role {
    /** Runs the host: may do everything. */
    ADMINISTRATOR,
    /** Has sites: may do what concerns them, and sees nothing else. */
    OWNER
}
