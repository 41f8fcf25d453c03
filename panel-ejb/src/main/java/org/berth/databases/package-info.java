/** Databases of sites: name, user and password, which is kept encrypted; the host makes and removes the database itself. */
package org.berth.databases;
