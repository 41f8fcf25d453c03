/** Sites in pages and over the REST API, and the check that the front makes for previews. */
package org.berth.web.sites;
