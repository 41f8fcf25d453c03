/**
 * Who did what, on what, when, from where, with which result. {@link org.berth.audit.Audited} on a boundary's method
 * writes the entry, also when the method refuses.
 */
package org.berth.audit;
