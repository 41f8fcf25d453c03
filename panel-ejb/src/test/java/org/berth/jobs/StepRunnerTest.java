package org.berth.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StepRunnerTest {

    /** A verb's first line has its time limit, and for how long it may then still take things back. */
    private static final Pattern FIRST_LINE =
            Pattern.compile("#!.*/usr/bin/timeout --preserve-status --kill-after=(\\d+) (\\d+) .*");

    @Test
    void stepWaitsForEveryVerbThatMayStillHoldTheSite() throws IOException {
        try (var files = Files.list(Path.of("../host-scripts"))) {
            var limits = files.filter(Files::isRegularFile)
                    .map(StepRunnerTest::text)
                    // Whoever finds one in a unit of its own attaches to it instead.
                    .filter(text -> text.contains("\"changes\": true") && !text.contains("\"long\": true"))
                    .map(text -> FIRST_LINE.matcher(text).results().findFirst().orElseThrow())
                    .map(StepRunnerTest::limit)
                    .toList();

            assertThat(limits).hasSizeGreaterThan(10).allMatch(limit -> limit.compareTo(StepRunner.BUSY_FOR) <= 0);
        }
    }

    private static Duration limit(MatchResult line) {
        return Duration.ofSeconds(Long.parseLong(line.group(1)) + Long.parseLong(line.group(2)));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
