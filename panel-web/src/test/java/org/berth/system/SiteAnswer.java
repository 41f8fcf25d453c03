package org.berth.system;

import java.util.Locale;
import java.util.Optional;

/**
 * An answer of a site.
 *
 * @param head status line and headers
 */
record SiteAnswer(int status, String head, String body) {

    static SiteAnswer of(String raw) {
        var end = raw.indexOf("\r\n\r\n");
        var head = raw.substring(0, end);
        return new SiteAnswer(Integer.parseInt(head.split(" ")[1]), head, raw.substring(end + 4));
    }

    Optional<String> header(String name) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }
}
