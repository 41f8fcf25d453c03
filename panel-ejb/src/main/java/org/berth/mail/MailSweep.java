package org.berth.mail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.berth.platform.HostIdentity;
import org.berth.platform.Sweep;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Sends what waits. While the server cannot be used, one mail a run finds that out; the others lose no attempt. During an
 * upgrade it sends none: should that go back, nobody would know that it was sent.
 */
@ApplicationScoped
class MailSweep implements Sweep {

    private static final Logger LOG = Logger.getLogger(MailSweep.class.getName());

    @Inject
    private DueMail queue;

    @Inject
    private HostIdentity host;

    @Inject
    private Clock clock;

    @Inject
    @ConfigProperty(name = "berth.upgrade.file", defaultValue = "/run/berth/upgrading")
    private String upgrade;

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(20);
    }

    @Override
    public void run() {
        if (Files.exists(Path.of(upgrade))) {
            return;
        }
        queue.tidy();
        var due = queue.due();
        if (!due.isEmpty()) {
            queue.access().ifPresent(access -> send(access, due));
        }
    }

    private void send(MailAccess access, List<Long> due) {
        var first = due.get(0);
        try (var connection = SmtpConnection.open(access, host.name())) {
            for (var id : due) {
                if (!send(connection, id)) {
                    return;
                }
            }
        } catch (MailFailure unreachable) {
            queue.attempt(first).ifPresent(attempt -> refused(first, attempt, unreachable));
        }
    }

    /** Whether the connection can be used for the next one. */
    private boolean send(SmtpConnection connection, long id) {
        var attempt = queue.attempt(id);
        if (attempt.isEmpty()) {
            return true;
        }
        try {
            connection.send(attempt.get().letter(), attempt.get().number(), clock.instant());
            queue.sent(id);
            return true;
        } catch (MailFailure failure) {
            refused(id, attempt.get(), failure);
            return failure.kind() != MailFailure.Kind.SERVER;
        }
    }

    private void refused(long id, DueMail.Attempt attempt, MailFailure failure) {
        queue.refused(id, failure);
        LOG.log(
                Level.WARNING,
                "mail " + id + " to " + attempt.letter().recipient() + " was not taken: "
                        + failure.problem().code() + " " + failure.problem().args());
    }
}
