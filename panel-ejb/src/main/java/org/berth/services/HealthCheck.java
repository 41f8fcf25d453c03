package org.berth.services;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.berth.jobs.Jobs;
import org.berth.platform.ClockJump;
import org.berth.platform.ClockWatch;
import org.berth.platform.Problem;
import org.berth.services.HealthView.Status;

/** Looks at what Berth needs. Asks at most every few seconds and never waits long, so that anybody may ask it. */
@ApplicationScoped
class HealthCheck {

    private static final Logger LOG = Logger.getLogger(HealthCheck.class.getName());
    private static final Duration KEPT = Duration.ofSeconds(5);
    private static final int SECONDS = 3;
    private static final long LEAST_MEMORY_MIB = 128;
    private static final List<String> NEEDED = List.of("nginx", "mariadb");

    private volatile HealthView last;
    private volatile long takenAt;

    @Inject
    private HostFacts host;

    @Inject
    private Jobs jobs;

    @Inject
    private ClockWatch clock;

    @Inject
    @Any
    private Instance<HealthSource> sources;

    @Resource
    private ManagedExecutorService executor;

    @Resource(lookup = "java:app/jdbc/berth")
    private DataSource database;

    HealthView latest() {
        if (last == null || System.nanoTime() - takenAt > KEPT.toNanos()) {
            var begun = System.nanoTime();
            keep(taken(), begun);
        }
        return last;
    }

    /** Unless another view is newer, which took less long. */
    private synchronized void keep(HealthView view, long begun) {
        if (last == null || begun - takenAt > 0) {
            last = view;
            takenAt = begun;
        }
    }

    private HealthView taken() {
        var rows = CompletableFuture.supplyAsync(this::rows, executor)
                .completeOnTimeout(Optional.empty(), SECONDS, TimeUnit.SECONDS)
                .join();
        if (rows.isEmpty()) {
            return new HealthView(Status.UNHEALTHY, List.of(Problem.of("health-database")), List.of());
        }
        var facts = host.latest();
        var broken = new ArrayList<Problem>();
        host.trouble().ifPresent(problem -> broken.add(Problem.of("health-host", String.join(" ", problem.args()))));
        facts.ifPresent(known -> broken.addAll(down(known)));
        var reasons = new ArrayList<>(broken);
        facts.ifPresent(known -> reasons.addAll(shortages(known)));
        facts.filter(known -> !known.quarantined().isEmpty())
                .ifPresent(known -> reasons.add(Problem.of("health-quarantined", ids(known))));
        facts.filter(known -> !known.refused().isEmpty())
                .ifPresent(known -> reasons.add(Problem.of("health-refused", String.join(", ", known.refused()))));
        clock.jump().ifPresent(jump -> reasons.add(clockWasSet(jump)));
        reasons.addAll(rows.get());
        if (jobs.drained()) {
            reasons.add(Problem.of("health-drained"));
        }
        var hints = facts.flatMap(known -> known.quota().hint()).stream().toList();
        return new HealthView(status(broken, reasons), reasons, hints);
    }

    private static Problem clockWasSet(ClockJump jump) {
        return Problem.of(
                jump.by().isNegative() ? "health-clock-back" : "health-clock-ahead",
                amount(jump.by().abs()),
                jump.noticedAt().truncatedTo(ChronoUnit.SECONDS));
    }

    /** In the two largest units, by symbols that every language has. */
    private static String amount(Duration time) {
        var rounded = time.plusSeconds(30);
        if (rounded.toDays() > 0) {
            return rounded.toDays() + " d " + rounded.toHoursPart() + " h";
        }
        return rounded.toHours() + " h " + rounded.toMinutesPart() + " min";
    }

    private static String ids(HostView host) {
        return host.quarantined().keySet().stream()
                .sorted()
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
    }

    private static Status status(List<Problem> broken, List<Problem> reasons) {
        if (!broken.isEmpty()) {
            return Status.UNHEALTHY;
        }
        return reasons.isEmpty() ? Status.HEALTHY : Status.DEGRADED;
    }

    /** Services without which no site can be changed or seen. */
    static List<Problem> down(HostView host) {
        return host.services().stream()
                .filter(service -> NEEDED.contains(service.name()) && !service.isActive())
                .map(service -> Problem.of("health-service-down", service.unit(), service.state()))
                .toList();
    }

    /** What will soon be missing. */
    static List<Problem> shortages(HostView host) {
        var missing = new ArrayList<Problem>();
        for (var disk : host.disks()) {
            if (disk.isNearlyFull()) {
                missing.add(Problem.of("health-disk", disk.path(), disk.freeMib(), disk.mib()));
            }
            if (disk.isNearlyOutOfFiles()) {
                missing.add(Problem.of("health-files", disk.path(), disk.freeFiles(), disk.files()));
            }
        }
        if (host.memoryAvailableMiB() < LEAST_MEMORY_MIB) {
            missing.add(Problem.of("health-memory", host.memoryAvailableMiB()));
        }
        return missing;
    }

    /** What the rows say is wrong; nothing at all when the database does not answer. */
    private Optional<List<Problem>> rows() {
        try (var connection = database.getConnection()) {
            if (!connection.isValid(SECONDS)) {
                return Optional.empty();
            }
            var wrong = new ArrayList<Problem>();
            var stalled = jobs.stalled();
            if (stalled > 0) {
                wrong.add(Problem.of("health-stalled-jobs", stalled));
            }
            sources.forEach(source -> wrong.addAll(source.reasons()));
            return Optional.of(wrong);
        } catch (SQLException | RuntimeException unreachable) {
            LOG.log(Level.WARNING, "the panel's database does not answer", unreachable);
            return Optional.empty();
        }
    }
}
