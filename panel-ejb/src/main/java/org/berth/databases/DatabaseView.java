package org.berth.databases;

/**
 * A site's database, as its owner needs it for a configuration file.
 *
 * @param host always {@code localhost}: the server listens on a socket only
 */
public record DatabaseView(String name, String user, String host) {}
