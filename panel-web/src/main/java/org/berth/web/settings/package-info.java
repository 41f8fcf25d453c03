/** Plans over the REST API. */
package org.berth.web.settings;
