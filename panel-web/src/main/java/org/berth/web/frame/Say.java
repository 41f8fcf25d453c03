package org.berth.web.frame;

import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.text.NumberFormat;
import com.ibm.icu.text.RelativeDateTimeFormatter;
import com.ibm.icu.text.RelativeDateTimeFormatter.RelativeDateTimeUnit;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import org.berth.jobs.JobText;
import org.berth.jobs.JobView;
import org.berth.jobs.StepView;
import org.berth.platform.DomainName;
import org.berth.platform.Problem;
import org.berth.platform.ProblemText;
import org.berth.platform.Times;
import org.berth.web.security.CurrentActor;

/** Says texts, times and figures as the reader wants them: language, zone, units. */
@Named
@RequestScoped
public class Say {

    private static final String BUNDLE = "org.berth.web.texts";
    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
    private static final int MIB_IN_GIB = 1024;
    private static final int TOLD_IN_DAYS = 30;
    /** Seconds that are still now. */
    private static final int NOW = 5;

    @Inject
    private CurrentActor current;

    @Inject
    private Clock clock;

    /** A text of the bundle; its placeholders follow ICU's message format, plurals included. */
    public String text(String key, Object... values) {
        var bundle = ResourceBundle.getBundle(BUNDLE, locale(), NO_FALLBACK);
        if (!bundle.containsKey(key)) {
            return key;
        }
        var pattern = bundle.getString(key);
        return values.length == 0 ? pattern : new MessageFormat(pattern, locale()).format(values);
    }

    /** One value, for pages: EL cannot pass a variable number of arguments reliably. */
    public String with(String key, Object value) {
        return text(key, value);
    }

    /** Two values. */
    public String with(String key, Object first, Object second) {
        return text(key, first, second);
    }

    /** A text without values, by a key that is only known at run time. */
    public String plain(String key) {
        return text(key);
    }

    /** Which rows of a list are shown. */
    public String range(long from, long to, long total, String noun) {
        return text("list.range", number(from), number(to), text(noun, total));
    }

    /** Text of an enum's constant: {@code <domain>.<CONSTANT>}. */
    public String word(String domain, Object constant) {
        return text(domain + "." + constant);
    }

    /** Such as "5 minutes ago"; the browser goes on counting in the same words. */
    public String age(Instant time) {
        var seconds = Duration.between(clock.instant(), time).toSeconds();
        var size = Math.abs(seconds);
        if (size > TOLD_IN_DAYS * Unit.DAY.seconds) {
            return date(time);
        }
        var unit = Stream.of(Unit.DAY, Unit.HOUR, Unit.MINUTE)
                .filter(each -> size >= each.seconds)
                .findFirst()
                .orElse(Unit.SECOND);
        var count = size < NOW ? 0 : seconds / unit.seconds;
        return RelativeDateTimeFormatter.getInstance(locale()).format(count, unit.name);
    }

    /** The units in which an age is told. */
    private enum Unit {
        SECOND(1, RelativeDateTimeUnit.SECOND),
        MINUTE(60, RelativeDateTimeUnit.MINUTE),
        HOUR(3600, RelativeDateTimeUnit.HOUR),
        DAY(86400, RelativeDateTimeUnit.DAY);

        private final long seconds;
        private final RelativeDateTimeUnit name;

        Unit(long seconds, RelativeDateTimeUnit name) {
            this.seconds = seconds;
            this.name = name;
        }
    }

    /** Date and time to the second, with the zone. */
    public String exact(Instant time) {
        return Times.exact(time, locale(), zone());
    }

    /** The day alone. */
    public String date(Instant time) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                .withLocale(locale())
                .withZone(zone())
                .format(time);
    }

    /** How many whole days something is still valid, or that it is not. */
    public String left(Instant end) {
        var now = clock.instant();
        return now.isAfter(end)
                ? text("days.over")
                : text("days.left", Duration.between(now, end).toDays());
    }

    /** How long something took, or takes until now. */
    public String lasted(Optional<Instant> from, Optional<Instant> to) {
        if (from.isEmpty()) {
            return "";
        }
        var time = Duration.between(from.get(), to.orElseGet(clock::instant));
        if (to.isPresent() && time.toSeconds() < 10) {
            return NumberFormat.getInstance(locale()).format(Math.round(time.toMillis() / 100.0) / 10.0) + " s";
        }
        return time.toSeconds() < 60
                ? time.toSeconds() + " s"
                : time.toMinutes() + " min " + time.toSecondsPart() + " s";
    }

    /** An amount of memory or disk. */
    public String mib(long mib) {
        if (mib < MIB_IN_GIB) {
            return number(mib) + " MiB";
        }
        var format = NumberFormat.getInstance(locale());
        format.setMaximumFractionDigits(1);
        return format.format((double) mib / MIB_IN_GIB) + " GiB";
    }

    /** The same, of bytes. */
    public String bytes(long bytes) {
        return mib(bytes / (1 << 20));
    }

    public String number(long number) {
        return NumberFormat.getIntegerInstance(locale()).format(number);
    }

    /** A figure with at most two decimals. */
    public String decimal(double number) {
        var format = NumberFormat.getInstance(locale());
        format.setMaximumFractionDigits(2);
        return format.format(number);
    }

    /** Values side by side. */
    public String list(Collection<String> values) {
        return String.join(", ", values);
    }

    /** An action of the audit, such as {@code site:suspend}, as a sentence's verb. */
    public String action(String action) {
        var key = "action." + action.replace(':', '.');
        var text = text(key);
        return text.equals(key) ? action : text;
    }

    /** How long the host is up. */
    public String uptime(long seconds) {
        var time = Duration.ofSeconds(seconds);
        return time.toDays() > 0
                ? text("uptime.days", time.toDays())
                : text("uptime.hours", time.toHours(), time.toMinutesPart());
    }

    /** A host name in the form for people; what is none, such as a refused one, as it is. */
    public String name(String ascii) {
        return DomainName.shown(ascii);
    }

    public String job(JobView job) {
        return JobText.job(job.type(), locale());
    }

    public String step(JobView job, StepView step) {
        return JobText.step(job.type(), step.name(), locale());
    }

    /** The three sentences of a problem. */
    public ProblemText problem(Problem problem) {
        return ProblemText.of(problem, locale(), zone());
    }

    /** UTC by its name: as an offset it would be written as Z. */
    private ZoneId zone() {
        return current.zone().equals(ZoneOffset.UTC) ? ZoneId.of("UTC") : current.zone();
    }

    private Locale locale() {
        return current.locale();
    }
}
