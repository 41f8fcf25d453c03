package org.berth.certificates;

import java.time.Instant;
import java.util.Optional;

/**
 * When an authority wants a certificate renewed: ACME Renewal Information, RFC 9773.
 *
 * @param explanation address of a page that says why, where the authority gives one
 * @param askAgain when the authority wants to be asked the next time
 */
record RenewalWindow(Instant start, Instant end, Optional<String> explanation, Instant askAgain) {}
