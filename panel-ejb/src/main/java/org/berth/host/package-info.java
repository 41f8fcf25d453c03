/**
 * The way to root: one call of one verb of the host-scripts, JSON in and JSON out. {@link org.berth.host.Host} is a port,
 * so that another host may one day be reached in another way; nothing else in Berth starts a process.
 */
package org.berth.host;
