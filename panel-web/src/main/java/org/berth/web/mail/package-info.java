/** Where mail goes, and the queue of mails: page and REST API. */
package org.berth.web.mail;
