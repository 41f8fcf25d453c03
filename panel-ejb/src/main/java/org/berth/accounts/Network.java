package org.berth.accounts;

import com.google.common.net.InetAddresses;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Who stands behind an address: an IPv4 address itself, of an IPv6 address its /64 network. */
final class Network {

    private static final int NETWORK_BYTES = 8;

    private Network() {}

    /** Name of the network; a text that is no address stands for itself. */
    static String of(String address) {
        if (!InetAddresses.isInetAddress(address)
                || !(InetAddresses.forString(address) instanceof Inet6Address address6)) {
            return address;
        }
        var bytes = address6.getAddress();
        Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes).getHostAddress() + "/64";
        } catch (UnknownHostException sixteenBytesAreAnAddress) {
            throw new IllegalStateException(sixteenBytesAreAnAddress);
        }
    }
}
