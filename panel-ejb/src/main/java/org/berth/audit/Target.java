package org.berth.audit;

/**
 * What an action was on.
 *
 * @param type kind of thing, the domain of the permission: {@code site}, {@code user}, {@code token}
 * @param id its id, 0 when it has none (yet)
 * @param name how a person calls it; after a refusal the name that was asked for, whatever it was
 */
public record Target(String type, long id, String name) {}
