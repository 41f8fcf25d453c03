package org.berth.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A program on this machine, run with its arguments as they are; no shell in between. */
final class Command {

    private static final long LONGEST_SECONDS = 180;

    private final List<String> words;
    private final Map<String, String> environment;

    private Command(List<String> words, Map<String, String> environment) {
        this.words = List.copyOf(words);
        this.environment = Map.copyOf(environment);
    }

    static Command of(String... words) {
        return new Command(List.of(words), Map.of());
    }

    Command with(String... more) {
        var all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return new Command(all, environment);
    }

    Command in(Map<String, String> variables) {
        return new Command(words, variables);
    }

    Output run() {
        return run("");
    }

    /** Runs it with this on its standard input. */
    Output run(String input) {
        return run(input.getBytes(StandardCharsets.UTF_8));
    }

    /** Runs it with this on its standard input. */
    Output run(byte[] input) {
        try {
            var process = start();
            var out = CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
            var err = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
            try (var stdin = process.getOutputStream()) {
                stdin.write(input);
            }
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(words + " took longer than " + LONGEST_SECONDS + " s");
            }
            return new Output(words, process.exitValue(), out.join(), err.join());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } catch (InterruptedException problem) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(problem);
        }
    }

    private Process start() throws IOException {
        var builder = new ProcessBuilder(words);
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static String read(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
