package org.berth.accounts;

/** Whether an account can be used. */
public enum AccountState {
    ACTIVE,
    /** Keeps what it has, but nobody gets in with it: no session, no token. */
    DISABLED
}
