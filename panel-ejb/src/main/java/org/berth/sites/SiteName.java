package org.berth.sites;

/**
 * A name that a site answers to, or leads away from.
 *
 * @param ascii ASCII form
 * @param display the form for people
 */
public record SiteName(String ascii, String display, NameKind kind) {}
