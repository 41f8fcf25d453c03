package org.berth.web.certificates;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.berth.certificates.CheckView;
import org.berth.web.jobs.ReasonJson;

/**
 * What a look at a site's names and certificate found, as the API shows it.
 *
 * @param detour names of which the file comes back although they lead to other addresses than this host's
 * @param issuers who issued what visitors get, then who issued that, and so on; empty if nobody answered over TLS
 * @param doubt why browsers may not trust it
 */
public record CheckJson(
        Instant at,
        boolean reachable,
        List<Name> names,
        Optional<ReasonJson> detour,
        List<String> issuers,
        Optional<Instant> notAfter,
        Optional<ReasonJson> doubt) {

    /**
     * A name of the site.
     *
     * @param fault what came instead of the file that this host answers with; missing if that came back
     * @param detour whether that came back although not all of the addresses are this host's
     * @param covered whether what visitors get is for it
     */
    public record Name(String name, String addresses, Optional<String> fault, boolean detour, boolean covered) {}

    static CheckJson of(CheckView view, Locale locale) {
        return new CheckJson(
                view.at(),
                view.isReachable(),
                view.names().stream()
                        .map(name ->
                                new Name(name.name(), name.addresses(), name.fault(), name.detour(), name.covered()))
                        .toList(),
                view.detour().map(detour -> ReasonJson.of(detour, locale)),
                view.issuers(),
                view.notAfter(),
                view.doubt().map(doubt -> ReasonJson.of(doubt, locale)));
    }
}
