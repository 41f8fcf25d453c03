/** REST resources of certificates and of the authorities that issue them. */
package org.berth.web.certificates;
