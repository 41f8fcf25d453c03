package org.berth.mail;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.berth.platform.OutboundHttp;
import org.berth.platform.Problem;

/**
 * Where a mail server may be. On this host or on a private network is usual for one, so those are allowed: nothing that an
 * administrator has typed is sent before the other side has greeted as SMTP does, and nothing of what it says is shown but
 * answers of SMTP. Addresses that no mail server has are refused: link-local ones (where clouds keep their secrets),
 * multicast, and the unspecified one.
 */
final class MailAddressRules {

    private MailAddressRules() {}

    /** Whether a host is this one, by its name or its address on loopback. */
    static boolean isThisHost(String host) {
        return "localhost".equals(host)
                || InetAddresses.isInetAddress(host)
                        && InetAddresses.forString(host).isLoopbackAddress();
    }

    /** Whether the host is an address that no mail server has. */
    static boolean isForbiddenLiteral(String host) {
        return InetAddresses.isInetAddress(host) && OutboundHttp.isForbidden(InetAddresses.forString(host));
    }

    /**
     * Looks where a name leads, right before a connection is made. Java keeps the answer for longer than that takes
     * (30 s), so that the connection leads to what was looked at.
     */
    static void check(String host) {
        try {
            if (Stream.of(InetAddress.getAllByName(host)).anyMatch(OutboundHttp::isForbidden)) {
                throw MailFailure.ofServer(Problem.of("mail-host-forbidden", host));
            }
        } catch (UnknownHostException unknown) {
            throw MailFailure.ofServer(Problem.of("mail-host-unknown", host));
        }
    }
}
