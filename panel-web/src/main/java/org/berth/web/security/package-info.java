/**
 * Who may come in: the front's secret, the origin of a request, sessions and tokens, and what a browser is told to
 * refuse. Every path and method is denied unless a rule in {@link org.berth.web.security.BerthEnvironment} allows it.
 */
package org.berth.web.security;
