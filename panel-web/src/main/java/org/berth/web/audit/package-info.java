/** The audit: its page and its resource. */
package org.berth.web.audit;
