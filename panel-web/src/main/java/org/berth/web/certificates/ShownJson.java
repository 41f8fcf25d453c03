package org.berth.web.certificates;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.berth.certificates.ShownCertificate;
import org.berth.web.jobs.ReasonJson;

/** A certificate as a handshake shows it, as the API shows that. */
public record ShownJson(
        String subject,
        String issuer,
        List<String> names,
        Instant notBefore,
        Instant notAfter,
        String fingerprint,
        boolean selfSigned,
        Optional<ReasonJson> doubt) {

    static ShownJson of(ShownCertificate shown, Locale locale) {
        return new ShownJson(
                shown.subject(),
                shown.issuer(),
                shown.names(),
                shown.notBefore(),
                shown.notAfter(),
                shown.fingerprint(),
                shown.selfSigned(),
                shown.doubt().map(doubt -> ReasonJson.of(doubt, locale)));
    }
}
