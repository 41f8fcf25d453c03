package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.berth.fixture.Eventually;
import org.berth.fixture.Fresh;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The whole matrix of kills and some hundred at random; takes an hour, so {@code .ci/kill-all} runs it and nothing else
 * does. What came out is written to docs/reliability.md.
 */
@TestMethodOrder(MethodOrderer.MethodName.class)
class KillAll {

    private static final List<String> POINTS = List.of("before", "inside 0.01", "inside 0.03", "inside 0.06", "after");
    /** Of those that are killed together with the panel or the host, or go on late. */
    private static final String INSIDE = "inside 0.03";

    /** Few verbs take longer, in milliseconds. */
    private static final int LONGEST = 120;

    private static final List<Blow> ALL = Arrays.stream(Operation.values())
            .flatMap(operation -> operation.verbs().stream().map(verb -> new Blow(operation, verb)))
            .toList();

    /** The verb that goes on in a unit of its own. */
    private static final Blow REMOVAL = new Blow(Operation.PURGE, "site-files-remove");

    /** As many jobs as the panel works on at once. */
    private static final int MOST_HELD = 8;

    private static final List<Kind> HELD_AT_RANDOM =
            List.of(Kind.PANEL, Kind.PANEL, Kind.PANEL, Kind.BOTH, Kind.BOTH, Kind.PANEL_VERB_LATE, Kind.HOST);

    /** Before {@code .ci/kill-all} loses its patience. */
    private static final Instant END =
            Instant.now().plus(Duration.ofMinutes(Integer.getInteger("berth.kills.minutes", 68)));

    private static final int TOO_MANY_FAULTS = 15;

    /** A step is given up when its verb was killed this often. */
    private static final int GIVEN_UP = 3;

    private static final RestClient REST = People.administrator().rest();
    private static final Herd HERD = new Herd(REST);
    private static final KillTally TALLY = new KillTally();
    private static final String NEIGHBOUR = Fresh.siteName("neighbour");
    private static final Random RANDOM = new Random();

    private static long seed;
    private static Saboteur saboteur;

    /** What is killed, while a call of the verb is held where it is unless that itself is killed at once. */
    private enum Kind {
        VERB,
        UNIT,
        PANEL,
        PANEL_VERB_LATE,
        BOTH,
        HOST;

        private boolean holds() {
            return this != VERB && this != UNIT;
        }

        /** What the saboteur is told. */
        private String whom() {
            return this == PANEL_VERB_LATE ? "panel" : text().replace("host", "both");
        }

        private String text() {
            return this == PANEL_VERB_LATE ? "panel, verb late" : name().toLowerCase(Locale.ROOT);
        }
    }

    /** A verb of an operation that is broken off. */
    private record Blow(Operation operation, String verb) {

        /** Calls that stand still may hold a lock that others need on their way: those come last. */
        private int rank() {
            if ("site-user-remove".equals(verb) || isLastOfCreation()) {
                return 1;
            }
            return List.of("site-user-create", "vhost-apply", "vhost-remove").contains(verb) ? 2 : 0;
        }

        private boolean isLastOfCreation() {
            return operation == Operation.CREATE && "vhost-apply".equals(verb);
        }
    }

    /** A job that is broken off. */
    private record Hit(Blow blow, Herd.Subject site, int job) {}

    @BeforeAll
    static void standBeforeTheVerbs() {
        seed = Long.getLong("berth.kills.seed", System.nanoTime());
        RANDOM.setSeed(seed);
        KillTally.say("seed " + seed);
        REST.createSite(NEIGHBOUR, "PHP");
        saboteur = Saboteur.onHost();
    }

    @AfterAll
    static void writeDown() throws IOException {
        var versions = LabHost.shell("""
                . /etc/os-release; printf 'Berth %s, %s, systemd %s, %s, %s, PHP %s and 8.2, Java %s' \\
                  "$(basename "$(readlink /usr/lib/berth/current)")" "$PRETTY_NAME" \\
                  "$(systemctl --version | sed -n '1s/systemd \\([0-9]*\\).*/\\1/p')" "$(nginx -v 2>&1 | sed 's/.*: //')" \\
                  "$(mariadb --version | sed 's/.*from \\([0-9.]*\\).*/MariaDB \\1/')" "$(php-fpm8.4 -v | sed -n '1s/PHP \\([0-9.]*\\).*/\\1/p')" \\
                  "$(java -version 2>&1 | sed -n '1s/.*"\\(.*\\)".*/\\1/p')"
                """).text();
        var report = Path.of(System.getProperty("berth.checkout", "..")).resolve("docs/reliability.md");
        TALLY.write(report, System.getProperty("berth.kills.commit"), versions, seed);
        saboteur.close();
    }

    @Test
    void bEveryVerbOfEveryOperationAtEveryPoint() {
        for (var when : List.of("before", INSIDE, "after")) {
            waves().forEach(wave -> strike(Kind.HOST, wave, when, 1));
            waves().forEach(wave -> strike(Kind.BOTH, wave, when, 1));
        }
        for (var when : POINTS) {
            waves().forEach(wave -> strike(Kind.PANEL, wave, when, 1));
            ALL.forEach(blow -> strike(Kind.VERB, List.of(blow), when, 1));
        }
        for (var when : List.of("inside 0.01", "inside 0.03", "inside 0.06")) {
            strike(Kind.UNIT, List.of(REMOVAL), when, 1);
        }
        for (var when : List.of("before", INSIDE)) {
            waves().forEach(wave -> strike(Kind.PANEL_VERB_LATE, wave, when, 1));
        }
        assertThat(TALLY.faults()).isEmpty();
    }

    @Test
    void aTheSameVerbThreeTimes() {
        for (var i = 0; i < ALL.size(); i++) {
            strike(Kind.VERB, List.of(ALL.get(i)), POINTS.get(i % POINTS.size()), 3);
        }
        var making = Operation.CREATE.verbs();
        for (var undone : making) {
            guarded("undoing of " + undone, () -> strikeItsUndoing(undone));
        }
        assertThat(TALLY.faults()).isEmpty();
    }

    @Test
    void cKillsAtRandom() {
        TALLY.nowAtRandom();
        var wanted = Integer.getInteger("berth.kills", 300);
        while ((TALLY.atRandom() < wanted || !TALLY.isVaried()) && Instant.now().isBefore(END)) {
            var dice = RANDOM.nextInt(100);
            var when = RANDOM.nextBoolean()
                    ? "inside 0.%03d".formatted(5 + RANDOM.nextInt(LONGEST - 5))
                    : POINTS.get(RANDOM.nextInt(POINTS.size()));
            if (dice < 60) {
                strikeVerbsOfAll(when);
            } else if (dice < 66) {
                strike(Kind.UNIT, List.of(REMOVAL), "inside 0.0" + (10 + RANDOM.nextInt(90)), 1);
            } else if (dice < 86) {
                strikeAtAnyMoment(dice < 80 ? Kind.PANEL : Kind.HOST);
            } else {
                strike(HELD_AT_RANDOM.get(RANDOM.nextInt(HELD_AT_RANDOM.size())), someOfAll(), when, 1);
            }
        }
        assertThat(TALLY.faults()).isEmpty();
        // Of fewer, on a slow machine, it is told all the same.
        assertThat(TALLY.atRandom()).isGreaterThanOrEqualTo(wanted);
    }

    /** All blows, as many at a time as the panel has room for. */
    private static List<List<Blow>> waves() {
        var count = (ALL.size() + MOST_HELD - 1) / MOST_HELD;
        var waves = new ArrayList<List<Blow>>();
        for (var i = 0; i < count; i++) {
            waves.add(new ArrayList<>());
        }
        for (var i = 0; i < ALL.size(); i++) {
            waves.get(i % count).add(ALL.get(i));
        }
        return waves;
    }

    /** Some operations, one verb of each. */
    private static List<Blow> someOfAll() {
        var operations = new ArrayList<>(List.of(Operation.values()));
        Collections.shuffle(operations, RANDOM);
        var blows = new ArrayList<>(operations.subList(0, 2 + RANDOM.nextInt(6)).stream()
                .map(operation -> new Blow(
                        operation,
                        operation.verbs().get(RANDOM.nextInt(operation.verbs().size()))))
                .toList());
        if (blows.stream().anyMatch(Blow::isLastOfCreation)) {
            // Each would wait for the other.
            blows.removeIf(blow -> "site-user-remove".equals(blow.verb()));
        }
        return blows;
    }

    private static void strike(Kind kind, List<Blow> blows, String when, int times) {
        guarded(kind.text() + " " + when + " x" + times + " " + blows, () -> {
            var sites = blows.stream()
                    .sorted(Comparator.comparingInt(Blow::rank))
                    .map(blow -> new Hit(blow, HERD.take(blow.operation().before()), 0))
                    .toList();
            var wished = Instant.now();
            var hits = new ArrayList<Hit>();
            for (var hit : sites) {
                for (var time = 0; time < times; time++) {
                    saboteur.awaits(hit.blow().verb(), kind.whom(), when);
                }
                hits.add(asked(hit.blow(), hit.site()));
                if (kind.holds()) {
                    saboteur.holds(hits.size());
                }
            }
            if (kind.holds()) {
                assertThat(strikes(when)).as("calls held").hasSize(hits.size());
            }
            var killed = kill(kind);
            var struck = kind.holds() ? killed : wished;
            var ends = judge(hits, kind.text() + (times > 1 ? ", " + times + " times" : ""), struck);
            if (!kind.holds()) {
                assertThat(strikes(when)).as("calls killed").hasSize(times);
            }
            if (kind == Kind.VERB) {
                assertThat(ends).hasSize(1);
            }
            // A call that was broken off is made again; one whose panel died is attached to, or outranked.
            assertThat(ends).as("how they ended").allMatch(end -> times == 1 == "SUCCEEDED".equals(end));
        });
    }

    /** What should take the step back is killed as often as the step itself. */
    private static void strikeItsUndoing(String verb) {
        var site = HERD.take("REMOVED");
        var undoing = Operation.PURGE
                .verbs()
                .get(Operation.CREATE.verbs().size()
                        - 1
                        - Operation.CREATE.verbs().indexOf(verb));
        for (var time = 0; time < 3; time++) {
            saboteur.awaits(verb, "verb", INSIDE);
            saboteur.awaits(undoing, "verb", INSIDE);
        }
        var hit = asked(new Blow(Operation.CREATE, verb), site);
        var struck = Instant.now();
        neighbourAnswers();
        var ends = judge(List.of(hit), "verb, and its undoing", struck);
        assertThat(strikes(INSIDE)).hasSize(6);
        assertThat(ends).containsExactly("STALLED");
    }

    /** A verb of each operation is killed while all are at work; the next call of it, whichever job that is of. */
    private static void strikeVerbsOfAll(String when) {
        guarded("verbs at once " + when, () -> {
            var sites = everyOperation();
            sites.forEach(hit -> saboteur.awaits(
                    hit.blow()
                            .operation()
                            .verbs()
                            .get(RANDOM.nextInt(hit.blow().operation().verbs().size())),
                    "verb",
                    when));
            var wished = Instant.now();
            var hits = sites.stream().map(hit -> asked(hit.blow(), hit.site())).toList();
            neighbourAnswers();
            hits.forEach(hit -> over(hit.job()));
            var struck = strikes(when).stream().map(Saboteur.Strike::site).toList();
            var ends = judge(
                    hits.stream()
                            .filter(hit -> struck.contains(hit.site().id()))
                            .toList(),
                    "verbs of jobs at once",
                    wished);
            // One job may have met orders that were meant for several.
            assertThat(ends)
                    .as("how they ended")
                    .allMatch(end -> "SUCCEEDED".equals(end)
                            || struck.stream().anyMatch(site -> Collections.frequency(struck, site) >= GIVEN_UP));
            // Those that went by untouched.
            hits.stream().filter(hit -> !struck.contains(hit.site().id())).forEach(hit -> {
                assertThat(findings(hit.site().id())).isEmpty();
                HERD.back(hit.site(), hit.blow().operation().after());
            });
        });
    }

    /** A site for each operation, in any order. */
    private static List<Hit> everyOperation() {
        var operations = new ArrayList<>(List.of(Operation.values()));
        Collections.shuffle(operations, RANDOM);
        return operations.stream()
                .map(operation -> new Hit(new Blow(operation, ""), HERD.take(operation.before()), 0))
                .toList();
    }

    /** Kills while jobs are at work, wherever they are. */
    private static void strikeAtAnyMoment(Kind kind) {
        var pause = RANDOM.nextInt(900);
        guarded(kind.text() + " at any moment", () -> {
            var sites = everyOperation();
            var hits = sites.stream().map(hit -> asked(hit.blow(), hit.site())).toList();
            LockSupport.parkNanos(Duration.ofMillis(pause).toNanos());
            assertThat(judge(hits, kind.text() + " at any moment", kill(kind)))
                    .as("how they ended")
                    .allMatch("SUCCEEDED"::equals);
        });
    }

    /** The calls that were broken off at this point. */
    private static List<Saboteur.Strike> strikes(String when) {
        var strikes = saboteur.strikes();
        strikes.forEach(strike -> TALLY.point(when, strike.late()));
        return strikes;
    }

    private static Hit asked(Blow blow, Herd.Subject site) {
        var job = HERD.ask(blow.operation(), site);
        return new Hit(
                blow, new Herd.Subject(site.name(), job.getJsonObject("site").getInt("id")), job.getInt("id"));
    }

    /** When it was: what ended before, ended by itself. */
    private static Instant kill(Kind kind) {
        TALLY.killed(kind.text());
        var killed = Instant.now();
        switch (kind) {
            case VERB, UNIT -> neighbourAnswers();
            case HOST -> {
                killed = LabHost.cutPower();
                saboteur.takeItsPlace();
                neighbourAnswers();
            }
            case PANEL, BOTH, PANEL_VERB_LATE -> {
                LabHost.run("systemctl", "kill", "--kill-whom=main", "--signal=KILL", "berth.service");
                killed = Instant.now();
                neighbourAnswers();
                if (kind == Kind.PANEL_VERB_LATE) {
                    LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
                    Eventually.holds("the panel is back", () -> found("/me"));
                }
                saboteur.letGo();
            }
        }
        return killed;
    }

    private static void neighbourAnswers() {
        assertThat(LabHost.fetch(NEIGHBOUR, "/").status()).as("another site").isEqualTo(200);
    }

    /** Waits for the jobs and looks at their sites; how the jobs ended. */
    private static Collection<String> judge(List<Hit> hits, String kind, Instant struck) {
        var ends = new ArrayList<String>();
        for (var hit : hits) {
            guarded(kind + " " + hit, () -> {
                var job = over(hit.job());
                var finished = Instant.parse(job.getString("finishedAt"));
                if (finished.isBefore(struck)) {
                    // Too late for this one.
                    HERD.back(hit.site(), state(hit.site().id()));
                    return;
                }
                var end = job.getString("state");
                ends.add(end);
                TALLY.count(hit.blow().operation(), kind, end, Duration.between(struck, finished));
                if (!"SUCCEEDED".equals(end)) {
                    TALLY.reason(hit.blow().operation(), kind, end, reason(job));
                    assertThat(end).as(job.toString()).isIn("UNDONE", "FAILED", "STALLED");
                    assertThat(List.of("what", "why", "todo"))
                            .allSatisfy(part -> assertThat(part(job, part)).isNotBlank());
                    repair(hit.site().id());
                }
                assertThat(findings(hit.site().id())).isEmpty();
                var state = state(hit.site().id());
                if ("SUCCEEDED".equals(end)) {
                    assertThat(state).isEqualTo(hit.blow().operation().after());
                }
                HERD.back(hit.site(), state);
            });
        }
        KillTally.say(kind + " " + hits.stream().map(Hit::blow).toList() + " " + ends);
        return ends;
    }

    private static String reason(JsonObject job) {
        return part(job, "what") + " " + part(job, "why");
    }

    private static String part(JsonObject job, String part) {
        return job.getJsonObject("problem").getString(part);
    }

    private static void repair(int site) {
        REST.post("/doctor/repair", Json.createObjectBuilder().add("site", String.valueOf(site)))
                .expect(202)
                .json()
                .getJsonArray("jobs")
                .getValuesAs(JsonObject.class)
                // A creation that could not be taken back is tried again, and is then taken back.
                .forEach(job ->
                        assertThat(over(job.getInt("id")).getString("state")).isIn("SUCCEEDED", "UNDONE"));
    }

    private static JsonObject over(int job) {
        Eventually.holds(
                "job " + job + " is over",
                () -> found("/jobs/" + job) && REST.get("/jobs/" + job).json().containsKey("finishedAt"));
        return REST.get("/jobs/" + job).expect(200).json();
    }

    /** Whether the panel is there to answer. */
    private static boolean found(String path) {
        try {
            return REST.get(path).status() == 200;
        } catch (UncheckedIOException away) {
            return false;
        }
    }

    private static String state(int site) {
        return REST.get("/sites/" + site).expect(200).json().getString("state");
    }

    private static List<JsonObject> findings(int site) {
        return REST.get("/doctor").expect(200).json().getJsonArray("findings").getValuesAs(JsonObject.class).stream()
                .filter(finding -> finding.containsKey("site")
                        && finding.getJsonObject("site").getInt("id") == site)
                .toList();
    }

    /** A fault is noted, and the next kill follows: one run tells of all. */
    private static void guarded(String what, Runnable kills) {
        try {
            kills.run();
        } catch (AssertionError | RuntimeException fault) {
            TALLY.fault(what, fault);
            saboteur.letGo();
            saboteur.strikes();
        }
        assertThat(TALLY.faults()).hasSizeLessThan(TOO_MANY_FAULTS);
    }
}
