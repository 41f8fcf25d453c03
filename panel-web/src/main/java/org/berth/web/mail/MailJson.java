package org.berth.web.mail;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.berth.mail.MailState;
import org.berth.mail.MailView;
import org.berth.web.jobs.ReasonJson;

/**
 * A mail of the queue as the API shows it.
 *
 * @param attempts how often it was tried
 * @param nextAt when it is tried next, while it waits
 * @param problem why the last attempt failed
 */
public record MailJson(
        long id,
        String recipient,
        String subject,
        MailState state,
        int attempts,
        Instant createdAt,
        Optional<Instant> nextAt,
        Optional<Instant> endedAt,
        Optional<ReasonJson> problem) {

    static MailJson of(MailView mail, Locale locale) {
        return new MailJson(
                mail.id(),
                mail.recipient(),
                mail.subject(),
                mail.state(),
                mail.attempts(),
                mail.createdAt(),
                mail.nextAt(),
                mail.endedAt(),
                mail.problem().map(problem -> ReasonJson.of(problem, locale)));
    }
}
