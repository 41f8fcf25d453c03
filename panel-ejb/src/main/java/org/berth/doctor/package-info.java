/**
 * Holds what Berth has written down against what the host has: every difference is named and explained, and those that can
 * be mended without a risk are mended by ordinary jobs. Deletes nothing that belongs to a site that is there.
 */
package org.berth.doctor;
