package org.berth.container;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.berth.fixture.Eventually;
import org.berth.security.Actor;
import org.berth.security.Role;
import org.berth.security.Via;
import org.eclipse.microprofile.config.ConfigProvider;

/** What the script in place of the verbs is told and what it was asked, for the jobs of one actor. */
final class Verbs {

    private final Path wishes;

    private Verbs(Path wishes) {
        this.wishes = wishes;
    }

    static Verbs of(Actor actor) {
        var scripts = Path.of(ConfigProvider.getConfig().getValue("berth.host.scripts", String.class));
        return new Verbs(scripts.resolveSibling("wishes").resolve(actor.name()));
    }

    /** Of those calls that nobody is named in, such as the clock's. */
    static Verbs ofNobody() {
        return of(new Actor(0, "nobody", Role.OWNER, Via.SYSTEM, WithinPanel.ADDRESS));
    }

    /** From now on this verb fails, having undone what it began. */
    void fail(String verb) {
        wish(verb, "5");
    }

    /** From now on this verb fails for this site. */
    void fail(String verb, long site) {
        wish(verb + "." + site, "5");
    }

    /** From now on this verb finds its input wrong. */
    void refuse(String verb) {
        wish(verb, "2");
    }

    /** From now on this verb says that it has seen a newer lease. */
    void outrank(String verb) {
        wish(verb, "4");
    }

    /** From now on this verb does what it shall. */
    void succeed(String verb) {
        wish(verb, "0");
    }

    /** From now on this verb has this result. */
    void answer(String verb, String result) {
        wish(verb + ".answer", "{\"ok\":true,\"result\":" + result + "}\n");
    }

    /** From now on this verb answers as usual. */
    void answerAsUsual(String verb) {
        wish(verb + ".answer", "");
    }

    /** From now on this verb waits, until it is let go. */
    Held hold(String verb) {
        try {
            Files.createDirectories(wishes);
            var fifo = wishes.resolve(verb + ".held");
            if (new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor() != 0) {
                throw new IOException("cannot make " + fifo);
            }
            return new Held(verb, fifo);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(hurried);
        }
    }

    /** Names of the verbs that were called, in order. */
    List<String> called() {
        return calls().stream()
                .map(call -> call.substring(0, call.indexOf(' ')))
                .toList();
    }

    /** The calls, each with its verb and its input. */
    List<String> calls() {
        try {
            var calls = wishes.resolve("calls");
            return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void wish(String verb, String exit) {
        try {
            Files.createDirectories(wishes);
            Files.writeString(wishes.resolve(verb), exit);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A verb that waits; closing lets it go. */
    final class Held implements AutoCloseable {

        private final String verb;
        private final Path fifo;

        private Held(String verb, Path fifo) {
            this.verb = verb;
            this.fifo = fifo;
        }

        /** Returns when the verb is waiting. */
        Held reached() {
            return reached(1);
        }

        /** Returns when so many calls of the verb are waiting. */
        Held reached(int calls) {
            Eventually.holds(
                    calls + " calls of " + verb,
                    () -> called().stream().filter(verb::equals).count() >= calls);
            return this;
        }

        @Override
        public void close() {
            // Open for both, this does not wait itself; whoever waits to read is woken, and reads its end.
            try (var end = new RandomAccessFile(fifo.toFile(), "rw")) {
                Files.delete(fifo);
                end.write('\n');
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }
}
