/** Jobs in pages and over the REST API, and their changes as they happen. */
package org.berth.web.jobs;
