package org.berth.dns;

import com.google.common.net.HostAndPort;
import com.google.common.net.InetAddresses;
import java.net.InetSocketAddress;
import org.berth.platform.DomainName;

/**
 * Where a name server takes updates: {@code ns1.example.com}, {@code 192.0.2.1:5353}, {@code [2001:db8::1]:53}.
 *
 * @param host name or address
 */
record ServerAddress(String host, int port) {

    private static final int USUAL = 53;

    /**
     * Reads it as people type it.
     *
     * @throws IllegalArgumentException when it is none
     */
    static ServerAddress of(String text) {
        var read = HostAndPort.fromString(text).withDefaultPort(USUAL);
        if (read.getPort() == 0 || !InetAddresses.isInetAddress(read.getHost()) && !isName(read.getHost())) {
            throw new IllegalArgumentException(text);
        }
        return new ServerAddress(read.getHost(), read.getPort());
    }

    private static boolean isName(String host) {
        return "localhost".equals(host) || DomainName.isOne(host);
    }

    /** Looks the name up. */
    InetSocketAddress socket() {
        return new InetSocketAddress(host, port);
    }
}
