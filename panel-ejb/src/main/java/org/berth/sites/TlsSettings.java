package org.berth.sites;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a site leads its visitors to HTTPS, and how it answers there.
 *
 * @param forceHttps whether HTTP leads to HTTPS
 * @param hsts how long browsers are told to keep to HTTPS
 * @param hstsTold whether they have ever been told to; then they are told to forget it when they no longer shall
 * @param http3 whether it also answers over HTTP/3
 * @param http3Told whether browsers have ever been told of that; then they are told when it no longer is so
 */
public record TlsSettings(boolean forceHttps, Hsts hsts, boolean hstsTold, boolean http3, boolean http3Told) {

    /** As every site begins. */
    static final TlsSettings PLAIN = new TlsSettings(false, Hsts.OFF, false, false, false);

    /** The same with what is wanted. */
    TlsSettings with(TlsChange change) {
        var step = change.hsts().orElse(hsts);
        var quic = change.http3().orElse(http3);
        return new TlsSettings(
                change.forceHttps().orElse(forceHttps), step, hstsTold || step != Hsts.OFF, quic, http3Told || quic);
    }

    /** As the host is told, beside the site's names. */
    Map<String, ?> args() {
        return Map.of("forceHttps", forceHttps, "hsts", hstsWord(), "quic", quicWord());
    }

    /** The same in the words of the host's inventory. */
    Set<String> words() {
        var words = new TreeSet<String>();
        if (forceHttps) {
            words.add("forced");
        }
        if (hstsTold) {
            words.add("hsts-" + hstsWord());
        }
        if (http3Told) {
            words.add(http3 ? "http3" : "http3-clear");
        }
        return words;
    }

    private String quicWord() {
        if (http3) {
            return "on";
        }
        return http3Told ? "clear" : "off";
    }

    private String hstsWord() {
        return hsts == Hsts.OFF && hstsTold ? "forget" : hsts.text();
    }
}
