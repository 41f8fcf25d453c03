/** Pages and REST resources of the ways to write records at name servers. */
package org.berth.web.dns;
