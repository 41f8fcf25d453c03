/**
 * Sites: what is served under which names, for whom, and in which state. A site's life is the state machine of {@link
 * org.berth.sites.SiteState}; the one place where names are taken or free is the table {@code site_host_name}.
 */
package org.berth.sites;
