package org.berth.dns;

import java.util.List;

/** A component whose things use ways to write records: a CDI bean. */
public interface DnsAccessUse {

    /** Canonical names of the sites that use one. */
    List<String> sites(long access);
}
