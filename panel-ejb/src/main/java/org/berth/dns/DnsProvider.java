package org.berth.dns;

/**
 * A name server, or whoever fills it. Each method changes one value and leaves others of the same name alone, may be
 * repeated, and throws {@link DnsFailure} when it was not done.
 */
interface DnsProvider {

    /** How long others may keep what they were told, in seconds: the least that Cloudflare and Hetzner take. */
    int TTL = 60;

    /** Adds the value, unless it is there. */
    void present(TxtRecord record);

    /** Removes exactly this value; one that is not there is fine. */
    void remove(TxtRecord record);
}
