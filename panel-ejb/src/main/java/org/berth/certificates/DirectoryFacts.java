package org.berth.certificates;

import java.util.Map;
import java.util.Optional;

/**
 * What an authority says about itself in its ACME directory (RFC 8555, 7.1.1).
 *
 * @param terms address of the terms that its customers agree to
 * @param website its own pages
 * @param externalAccountRequired whether it wants an account's number and key, which are to be had on its pages
 * @param profiles kinds of certificates that it offers, by name, and what it says about each (draft-ietf-acme-profiles);
 *     empty where there is one kind only
 */
public record DirectoryFacts(
        Optional<String> terms,
        Optional<String> website,
        boolean externalAccountRequired,
        Map<String, String> profiles) {

    public DirectoryFacts {
        profiles = Map.copyOf(profiles);
    }
}
