package org.berth.dns;

import org.berth.platform.HostFailure;
import org.berth.platform.Problem;

/** A name server, or whoever fills it, did not do what it was asked for. */
class DnsFailure extends HostFailure {

    private static final int LONGEST = 300;

    DnsFailure(Problem problem) {
        super(problem);
    }

    /** It cannot be reached, or broke off. */
    static DnsFailure unreachable(String server, Throwable why) {
        return new DnsFailure(Problem.of("dns-unreachable", server, shortened(String.valueOf(why))));
    }

    /** It answered, and refused. */
    static DnsFailure refused(String server, String what, String answer) {
        return new DnsFailure(Problem.of("dns-refused", server, what, shortened(answer)));
    }

    private static String shortened(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }
}
