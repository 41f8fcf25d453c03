package org.berth.mail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.berth.platform.Problem;
import org.berth.services.HealthSource;

/** Says that mail does not go out. */
@ApplicationScoped
class MailHealth implements HealthSource {

    static final String CODE = "health-mail";

    private static final Duration RECENT = Duration.ofDays(1);
    private static final Duration LONG = Duration.ofHours(1);

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Clock clock;

    @Override
    public List<Problem> reasons() {
        var now = clock.instant();
        var count = entities.createQuery(
                        "select count(m) from Mail m where m.state = :failed and m.endedAt > :recently"
                                + " or m.state = :waiting and m.attempts > 0 and m.createdAt < :longAgo",
                        Long.class)
                .setParameter("failed", MailState.FAILED)
                .setParameter("recently", now.minus(RECENT))
                .setParameter("waiting", MailState.WAITING)
                .setParameter("longAgo", now.minus(LONG))
                .getSingleResult();
        return count == 0 ? List.of() : List.of(Problem.of(CODE, count));
    }
}
