package org.berth.mail;

import java.time.Instant;
import java.util.Optional;
import org.berth.audit.Auditable;
import org.berth.audit.Target;
import org.berth.platform.Problem;

/**
 * A mail of the queue.
 *
 * @param attempts how often it was tried
 * @param nextAt when it is tried next, while it waits
 * @param endedAt when the server took it or it was given up
 * @param problem why the last attempt failed
 */
public record MailView(
        long id,
        String recipient,
        String subject,
        MailState state,
        int attempts,
        Instant createdAt,
        Optional<Instant> nextAt,
        Optional<Instant> endedAt,
        Optional<Problem> problem)
        implements Auditable {

    @Override
    public Target auditTarget() {
        return new Target("mail", id, recipient);
    }
}
