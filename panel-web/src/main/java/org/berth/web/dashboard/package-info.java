/** What needs attention first, and how the host and its sites fare. */
package org.berth.web.dashboard;
