package org.berth.sites;

import java.time.Instant;

/**
 * A link under which a site can be seen before its names lead here.
 *
 * @param path path on the panel's own address, ending in a slash
 * @param expiresAt when it stops working
 */
public record PreviewLink(String path, Instant expiresAt) {}
