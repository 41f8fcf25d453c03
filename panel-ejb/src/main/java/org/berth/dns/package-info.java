/**
 * Records at name servers that prove to certificate authorities whose a name is (DNS-01, RFC 8555, 8.4). Administrators
 * keep the ways in ({@link org.berth.dns.DnsAccesses}), one for each kind of server ({@link org.berth.dns.DnsProvider});
 * {@link org.berth.dns.ChallengeRecords} writes, looks after and removes the records.
 */
package org.berth.dns;
