/** How the host and the panel are doing. */
package org.berth.web.services;
