package org.berth.mail;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.berth.platform.ProblemText;

/**
 * Keeps account of alarms: each stands in the journal and is mailed once when it begins and once when it is over. Mails and
 * what was told are written down together, so that a crash loses none and repeats none.
 */
@Stateless
public class AlarmLedger {

    /** Many alarms that come one after the other make a mail now and then, not one each. */
    static final Duration BETWEEN_MAILS = Duration.ofMinutes(5);

    private static final Logger LOG = Logger.getLogger(AlarmLedger.class.getName());

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private MailRows mail;

    @Inject
    private Letters letters;

    @Inject
    private Clock clock;

    /** Takes what is wrong now. */
    public void compare(List<Alarm> found) {
        var now = clock.instant();
        var current =
                found.stream().collect(Collectors.toMap(Alarm::subject, Function.identity(), (first, second) -> first));
        var known = entities.createQuery("select a from RaisedAlarm a order by a.id", RaisedAlarm.class)
                .getResultStream()
                .collect(Collectors.toMap(RaisedAlarm::subject, Function.identity()));
        for (var alarm : current.values()) {
            var row = known.computeIfAbsent(alarm.subject(), subject -> stored(new RaisedAlarm(alarm, now)));
            row.seen(alarm, now);
            if (row.isSure(now)) {
                row.raised(now);
                journal(Level.WARNING, "alarm: ", alarm);
            }
        }
        tell(known, current, now);
    }

    private RaisedAlarm stored(RaisedAlarm row) {
        entities.persist(row);
        return row;
    }

    private void tell(Map<String, RaisedAlarm> known, Map<String, Alarm> current, Instant now) {
        var server = mail.server();
        var soon = known.values().stream().anyMatch(row -> row.wasToldWithin(BETWEEN_MAILS, now));
        var news = new News(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (var row : known.values()) {
            if (row.isOver(now)) {
                over(row, server.isPresent() && soon, news);
            } else if (row.isRaised() && server.isPresent() && !soon) {
                var alarm = current.getOrDefault(row.subject(), row.alarm());
                if (row.isUntold()) {
                    news.begun().add(alarm);
                    row.told(now);
                } else if (!row.wasToldWithin(RaisedAlarm.REMINDED, now)) {
                    news.lasting().add(alarm);
                    row.told(now);
                }
            }
        }
        server.filter(named -> !news.isEmpty()).ifPresent(named -> mail.enqueue(letters.alarms(named, news)));
    }

    /** What was never told by mail is not told to be over either; what was waits until the next mail. */
    private void over(RaisedAlarm row, boolean waits, News news) {
        if (row.isUntold() || !waits) {
            entities.remove(row);
            if (row.isRaised()) {
                journal(Level.INFO, "alarm is over: ", row.alarm());
            }
            if (!row.isUntold()) {
                news.over().add(row.alarm());
            }
        }
    }

    private static void journal(Level level, String about, Alarm alarm) {
        var text = ProblemText.of(alarm.problem(), Locale.ENGLISH);
        LOG.log(level, "{0}{1} {2} {3}", new Object[] {about, text.what(), text.why(), text.todo()});
    }
}
