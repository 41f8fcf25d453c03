package org.berth.certificates;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.berth.platform.Problem;

/**
 * What a look at a site's names and at what visitors get found, without an order being made.
 *
 * @param names each name of the site
 * @param detour names of which the file comes back although they lead to other addresses than this host's
 * @param issuers who issued what a handshake on this host showed, then who issued that, and so on, as X.500 names; empty if
 *     nobody answered over TLS
 * @param notAfter when it expires
 * @param doubt why browsers may not trust it
 */
public record CheckView(
        Instant at,
        List<Name> names,
        Optional<Problem> detour,
        List<String> issuers,
        Optional<Instant> notAfter,
        Optional<Problem> doubt) {

    public CheckView {
        names = List.copyOf(names);
        issuers = List.copyOf(issuers);
    }

    /**
     * A name of the site.
     *
     * @param addresses what it resolves to on this host, as text
     * @param fault what came instead of the file that this host answers with; empty if that came back
     * @param detour whether that came back although not all of these addresses are this host's
     * @param covered whether what visitors get is for it
     */
    public record Name(String name, String addresses, Optional<String> fault, boolean detour, boolean covered) {}

    /** Whether an authority would find every name proven. */
    public boolean isReachable() {
        return names.stream().allMatch(name -> name.fault().isEmpty());
    }
}
