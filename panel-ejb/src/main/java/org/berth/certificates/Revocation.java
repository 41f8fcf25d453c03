package org.berth.certificates;

import java.util.Optional;

/**
 * A wish to have a certificate declared void.
 *
 * @param certificate number of the certificate; the usual is the one that visitors get
 * @param next whether the clock orders another one at once, which takes the place of the revoked one as soon as it is there;
 *     else the site signs its own. Says nothing when visitors get another one anyway
 * @param confirmed whether that the site signs its own is wanted though visitors may be locked out
 */
public record Revocation(Optional<Integer> certificate, RevokeReason reason, boolean next, boolean confirmed) {}
