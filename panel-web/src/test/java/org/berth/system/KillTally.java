package org.berth.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts how jobs ended that were broken off, and writes it down for users. */
final class KillTally {

    private static final String INTRODUCTION = """
            # Reliability: what kills have shown

            Written by `.ci/kill-all`, last on %s at %s, on a lab host with %s; seed of the kills at random: %d.

            Everything that is done to a site is a job of steps, and each step calls one verb, a script that works as root.
            Here jobs were broken off on purpose, with `kill -9`, on sites with PHP and a database: **%d jobs**, %d of them at random.
            For each it is told below how it ended and how long the longest took from the kill to its end (for killed verbs:
            from the wish), the start of the panel or of the host included.

            | what was killed | how |
            |---|---|
            | verb | the script with everything that it had started, once |
            | unit | the same, and the systemd unit in which the removal of files goes on by itself |
            | panel | the Java process; the verb lives on and ends while the panel starts again |
            | panel, verb late | the same, but the verb stands still and goes on only when the panel is there again |
            | both | panel and verb at the same time |
            | host | the whole host at once, as by a power cut, and started again |
            | verbs of jobs at once | a verb of each of seven jobs that are at work at the same time |
            | at any moment | up to seven jobs at work, and the kill comes at a moment that was drawn by lot |
            | verb, 3 times | the same verb each time it is called, so that the panel gives the step up |
            | and its undoing | the verb three times, and then what should take it back three times |

            Every verb of every operation was killed before it began, at three moments inside it (10, 30 and 60 ms after its
            start; for panel or host together with it, and for late ones, 30 ms) and when it was done but its answer not yet
            given; then came kills at random. Up to eight jobs are under way when panel or host are killed, so a kill of those
            counts for each of them. Of the calls that were broken off, %d had not begun, %d were inside, and %d were done,
            of which %d had been meant to be inside but were quicker.

            At random the panel alone was killed %d times and the whole host %d times, with up to eight jobs under way each time.

            After each%s:
            - the job was over by itself: done (`succeeded`), taken back (`undone`), or ended with a reason that says what to do
              (`failed`, `stalled`). Only what was killed each time it was called may end otherwise than `succeeded`; the reasons
              are below;
            - `berth doctor` found nothing for the site, where the job had not succeeded after `berth doctor --repair`;
            - the site answered as its state demands, with all its files and rows of its database;
            - of a site that is not there nothing was left: user, group, process, unit, socket, limits, web server's file and
              logs, folders, database, database user, lock or lease (systemd itself may remember the names of ended units
              without a file until it is restarted or reloaded);
            - another site, asked right after the panel was killed, and while verbs were killed, had answered (while the host
              itself was down it could not; it answered once the host was back).

            What this does not show: a power cut of a real machine also loses what was not yet written to the disk. A lab host
            shares the memory of its machine, which stays on. So these kills prove the order of the steps, not that each of them
            had reached the disk.

            | operation | killed | jobs | how they ended | longest |
            |---|---|---|---|---|
            """;

    private static final String REASONS = """

            ## What the jobs said that had not succeeded

            | operation | killed | end | reason | jobs |
            |---|---|---|---|---|
            """;

    private static final int LEAST_OF_PANEL = 20;
    private static final int LEAST_OF_HOST = 5;

    private final Map<String, Row> rows = new TreeMap<>();
    /** Calls by where they were when they were broken off. */
    private final Map<Point, Integer> points = new EnumMap<>(Point.class);

    /** How often a job said this when it had not succeeded. */
    private final Map<String, Integer> reasons = new TreeMap<>();

    private final List<String> faults = new ArrayList<>();
    private final Map<String, Integer> kills = new HashMap<>();
    private int before;

    private enum Point {
        BEFORE,
        INSIDE,
        AFTER,
        LATE
    }

    private static final class Row {
        private final Map<String, Integer> ends = new LinkedHashMap<>();
        private Duration longest = Duration.ZERO;

        private int jobs() {
            return ends.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /** Something was killed, whatever number of jobs it concerned. */
    void killed(String whom) {
        if (before > 0) {
            kills.merge(whom, 1, Integer::sum);
        }
    }

    private int kills(String whom) {
        return kills.getOrDefault(whom, 0);
    }

    /** Whether lot has met panel and host often enough to say something of them. */
    boolean isVaried() {
        return kills("panel") >= LEAST_OF_PANEL && kills("host") >= LEAST_OF_HOST;
    }

    void count(Operation operation, String kind, String end, Duration took) {
        var row = rows.computeIfAbsent(what(operation, kind), any -> new Row());
        row.ends.merge(end.toLowerCase(Locale.ROOT), 1, Integer::sum);
        row.longest = took.compareTo(row.longest) > 0 ? took : row.longest;
    }

    /** A job that did not succeed says why. */
    void reason(Operation operation, String kind, String end, String reason) {
        var cell = reason.replaceAll("[\\s|]+", " ").strip();
        reasons.merge(
                "%s | %s | %s".formatted(what(operation, kind), end.toLowerCase(Locale.ROOT), cell), 1, Integer::sum);
    }

    /** In the order of the operations. */
    private static String what(Operation operation, String kind) {
        return "%d%s | %s".formatted(operation.ordinal(), operation.text(), kind);
    }

    /**
     * A call was broken off.
     *
     * @param late whether it was done although it should have been inside
     */
    void point(String when, boolean late) {
        var meant = Point.valueOf(when.split(" ")[0].toUpperCase(Locale.ROOT));
        points.merge(late ? Point.LATE : meant, 1, Integer::sum);
    }

    private int calls(Point point) {
        return points.getOrDefault(point, 0);
    }

    /** Those that come now are counted as kills at random, too. */
    void nowAtRandom() {
        before = jobs();
    }

    int atRandom() {
        return jobs() - before;
    }

    private int jobs() {
        return rows.values().stream().mapToInt(Row::jobs).sum();
    }

    void fault(String what, Throwable fault) {
        faults.add(what + ": " + fault);
        say("FAULT " + what + ": " + fault);
    }

    List<String> faults() {
        return List.copyOf(faults);
    }

    /** For whoever watches. */
    static void say(String line) {
        System.out.println(java.time.LocalTime.now().withNano(0) + " " + line);
    }

    void write(Path file, String commit, String versions, long seed) throws IOException {
        var text = new StringBuilder(INTRODUCTION.formatted(
                LocalDate.now(),
                commit,
                versions,
                seed,
                jobs(),
                atRandom(),
                calls(Point.BEFORE),
                calls(Point.INSIDE),
                calls(Point.AFTER) + calls(Point.LATE),
                calls(Point.LATE),
                kills("panel"),
                kills("host"),
                faults.isEmpty() ? ", without exception" : ", but for the faults at the end"));
        rows.forEach((what, row) -> text.append("| %s | %d | %s | %.1f s |%n"
                .formatted(
                        what.substring(1),
                        row.jobs(),
                        row.ends.entrySet().stream()
                                .map(end -> end.getValue() + " " + end.getKey())
                                .collect(Collectors.joining(", ")),
                        row.longest.toMillis() / 1000.0)));
        if (!reasons.isEmpty()) {
            text.append(REASONS);
            reasons.forEach((what, jobs) -> text.append("| %s | %d |%n".formatted(what.substring(1), jobs)));
        }
        if (!faults.isEmpty()) {
            text.append("\n## Faults\n\n");
            faults.forEach(
                    fault -> text.append("- ").append(fault.replace('\n', ' ')).append('\n'));
        }
        Files.writeString(file, text.toString());
    }
}
