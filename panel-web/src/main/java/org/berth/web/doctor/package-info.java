/** What an examination of Berth and its host has found, as page and REST resource; for administrators. */
package org.berth.web.doctor;
