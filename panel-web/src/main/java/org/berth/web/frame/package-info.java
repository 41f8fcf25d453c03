/**
 * What every page has: the frame with its places, search and tray, texts and figures in the reader's language, problems
 * shown at their fields, lists whose state is in their address, and the push that keeps pages live.
 */
package org.berth.web.frame;
