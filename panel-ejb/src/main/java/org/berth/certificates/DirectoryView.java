package org.berth.certificates;

import java.time.Instant;
import java.util.Optional;
import org.berth.platform.Problem;

/**
 * An authority as administrators see it.
 *
 * @param name for people
 * @param url of its ACME directory
 * @param email where it writes to
 * @param profile what kind of certificate is ordered; empty for its usual one
 * @param roots what its own TLS is verified by, in PEM; empty for what Java trusts
 * @param termsAgreedAt when an administrator agreed to its terms
 * @param externalKeyId the number it knows Berth's account by, where it wants one
 * @param account address of the account, once something was ordered
 * @param ready whether certificates may be ordered: its terms were agreed to
 * @param isDefault whether sites that choose none get theirs from it
 * @param automatic whether, as long as it is the default, sites for which nobody has chosen anything get one by themselves
 * @param problem why it takes no order of Berth's account, until somebody has seen to it
 */
public record DirectoryView(
        long id,
        String name,
        String url,
        Optional<String> email,
        Optional<String> profile,
        Optional<String> roots,
        Optional<Instant> termsAgreedAt,
        Optional<String> externalKeyId,
        Optional<String> account,
        boolean ready,
        boolean isDefault,
        boolean automatic,
        Optional<Problem> problem) {}
