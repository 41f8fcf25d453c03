package org.berth.sites;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a site leads its visitors to HTTPS.
 *
 * @param forceHttps whether HTTP leads to HTTPS
 * @param hsts how long browsers are told to keep to HTTPS
 * @param hstsTold whether they have ever been told to; then they are told to forget it when they no longer shall
 */
public record TlsSettings(boolean forceHttps, Hsts hsts, boolean hstsTold) {

    /** The same with what is wanted. */
    TlsSettings with(TlsChange change) {
        var step = change.hsts().orElse(hsts);
        return new TlsSettings(change.forceHttps().orElse(forceHttps), step, hstsTold || step != Hsts.OFF);
    }

    /** As the host is told, beside the site's names. */
    Map<String, ?> args() {
        return Map.of("forceHttps", forceHttps, "hsts", hstsWord());
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
        return words;
    }

    private String hstsWord() {
        return hsts == Hsts.OFF && hstsTold ? "forget" : hsts.text();
    }
}
