package org.berth.certificates;

import java.net.URI;
import java.security.KeyPair;
import java.util.Optional;

/**
 * How an authority is reached.
 *
 * @param directory address of its ACME directory
 * @param roots certificates in PEM by which its own TLS is verified; empty for those that Java trusts
 * @param key the account's key
 * @param account address of the account, empty before it is registered
 */
record AcmeAccess(URI directory, Optional<String> roots, KeyPair key, Optional<String> account) {

    /** Without the key. */
    @Override
    public String toString() {
        return "AcmeAccess[" + directory + "]";
    }
}
