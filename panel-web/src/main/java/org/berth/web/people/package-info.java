/** The pages of people who can log in; for administrators. */
package org.berth.web.people;
