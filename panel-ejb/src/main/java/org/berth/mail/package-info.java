/**
 * Mail that Berth sends: to which server ({@link org.berth.mail.Mailing}), a queue that survives crashes and servers that
 * are down, and alarms, each of which is told once when it begins, once a day, and once when it is over.
 */
package org.berth.mail;
