/**
 * What every resource of the REST API stands on: problems as RFC 9457 describes them, JSON bodies that are taken
 * literally, pages of rows, the API's description.
 */
package org.berth.web.platform;
