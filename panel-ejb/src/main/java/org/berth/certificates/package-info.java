/**
 * Certificates of sites: ordered from a certificate authority by ACME, installed by the host, renewed by the clock. Each
 * site has a wish ({@link org.berth.certificates.SiteCertificate}) that says from whom and when, and the certificates that
 * came of it; {@link org.berth.certificates.Certificates} and {@link org.berth.certificates.AcmeDirectories} are the
 * boundaries.
 */
package org.berth.certificates;
