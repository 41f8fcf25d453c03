/**
 * Tests within the server: the panel's own WAR on Payara Micro with a real MariaDB, started once for all of them. Most
 * run inside, as other beans of the panel do, and use its boundaries; some are clients that speak HTTP as the front does.
 *
 * <p>There is no host behind this panel. In place of the verbs stands a script that answers at once, or waits and fails
 * as {@link org.berth.container.Verbs} tells it: so that what the panel does while a verb runs can be looked at.
 */
package org.berth.container;
