package org.berth.certificates;

import com.google.common.net.InetAddresses;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.List;

/**
 * Networks in which no authority would ask anybody, since the world does not reach them, but this host might: those of the
 * registries of special-purpose addresses (RFC 6890), with what IPv6 addresses carry IPv4 ones. Those of documentation are
 * nobody's, and so not among them.
 */
final class InnerNetworks {

    private static final List<Network> ALL = List.of(
            Network.of("0.0.0.0", 8),
            Network.of("10.0.0.0", 8),
            Network.of("100.64.0.0", 10),
            Network.of("127.0.0.0", 8),
            Network.of("169.254.0.0", 16),
            Network.of("172.16.0.0", 12),
            Network.of("192.0.0.0", 24),
            Network.of("192.88.99.0", 24),
            Network.of("192.168.0.0", 16),
            Network.of("198.18.0.0", 15),
            // Multicast, and what is reserved.
            Network.of("224.0.0.0", 3),
            Network.of("::", 96),
            Network.of("64:ff9b::", 96),
            Network.of("64:ff9b:1::", 48),
            Network.of("100::", 64),
            Network.of("2001::", 23),
            Network.of("2002::", 16),
            Network.of("fc00::", 7),
            Network.of("fe80::", 10),
            // Site-local ones of former times, RFC 3879.
            Network.of("fec0::", 10),
            Network.of("ff00::", 8));

    private InnerNetworks() {}

    static boolean contain(InetAddress address) {
        return ALL.stream().anyMatch(network -> network.contains(address));
    }

    /**
     * A network in the notation of CIDR.
     *
     * @param length of an address, in bits
     * @param bits that all of its addresses have in common
     */
    private record Network(BigInteger prefix, int length, int bits) {

        static Network of(String first, int bits) {
            var address = InetAddresses.forString(first).getAddress();
            var length = address.length * Byte.SIZE;
            return new Network(prefix(address, length - bits), length, bits);
        }

        boolean contains(InetAddress some) {
            var address = some.getAddress();
            return address.length * Byte.SIZE == length
                    && prefix(address, length - bits).equals(prefix);
        }

        private static BigInteger prefix(byte[] address, int rest) {
            return new BigInteger(1, address).shiftRight(rest);
        }
    }
}
