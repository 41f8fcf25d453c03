/** Certificates and the authorities that issue them: their pages, and their resources of the REST API. */
package org.berth.web.certificates;
