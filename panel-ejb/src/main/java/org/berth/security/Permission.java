package org.berth.security;

/**
 * One thing that can be allowed: {@code domain:action:instance}, in Shiro's wildcard notation.
 *
 * <p>An instance that belongs to somebody is written {@code <owner id>:<id>}, so that {@code site:*:7} allows
 * everything on all sites of account 7 and {@code site:read:*:12} reading site 12 whoever owns it.
 *
 * @param text the permission as Shiro reads it
 */
public record Permission(String text) {

    /** An action on a whole domain, such as {@code user:create}. */
    public static Permission on(String domain, String action) {
        return new Permission(domain + ":" + action);
    }

    /** An action on something that an account owns. */
    public static Permission on(String domain, String action, long ownerId, long id) {
        return new Permission(domain + ":" + action + ":" + ownerId + ":" + id);
    }
}
