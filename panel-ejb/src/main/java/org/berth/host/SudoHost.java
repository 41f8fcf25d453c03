package org.berth.host;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.berth.platform.Problem;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** This host: verbs are called through sudo, without arguments and without the panel's environment. */
@ApplicationScoped
class SudoHost implements Host {

    private static final Logger LOG = Logger.getLogger(SudoHost.class.getName());
    private static final Pattern VERB = Pattern.compile("[a-z][a-z-]*");

    /** Every verb limits itself to less; this only keeps a thread from waiting for ever. */
    private static final Duration READS_WITHIN = Duration.ofSeconds(30);

    private static final Duration CHANGES_WITHIN = Duration.ofMinutes(60);

    /** Time to read what a process has said when it has ended. */
    private static final Duration LEFT_TO_READ = Duration.ofSeconds(5);

    private final Path scripts;
    private final boolean sudo;

    @Resource
    private ManagedThreadFactory managedThreads;

    /** For the container's proxy. */
    SudoHost() {
        this((Path) null, false);
    }

    @Inject
    SudoHost(
            @ConfigProperty(name = "berth.host.scripts", defaultValue = "/usr/lib/berth/host-scripts") String scripts,
            @ConfigProperty(name = "berth.host.sudo", defaultValue = "true") boolean sudo) {
        this(Path.of(scripts), sudo);
    }

    SudoHost(Path scripts, boolean sudo) {
        this.scripts = scripts;
        this.sudo = sudo;
    }

    @Override
    public VerbResult call(VerbCall call) {
        var limit = call.context().isPresent() ? CHANGES_WITHIN : READS_WITHIN;
        try {
            var process = start(call.verb());
            try {
                return answer(process, call, limit);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw unreachable(call, stopped);
            } finally {
                // Cannot end a child of sudo, which is root's; that one ends by its own limit and is outranked
                // meanwhile.
                process.destroyForcibly();
            }
        } catch (IOException | CompletionException unable) {
            throw unreachable(call, unable);
        }
    }

    private VerbResult answer(Process process, VerbCall call, Duration limit) throws IOException, InterruptedException {
        var out = new Output(process.getInputStream());
        var log = new Output(process.getErrorStream());
        try (var in = process.getOutputStream()) {
            in.write(VerbMessage.input(call).getBytes(StandardCharsets.UTF_8));
        } catch (IOException unread) {
            LOG.log(Level.FINE, "verb did not read all its input; its answer says why", unread);
        }
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new VerbFailure(
                    VerbFailure.Kind.TIMED_OUT, Problem.of("host-timed-out", call.verb(), limit.toSeconds()), "");
        }
        return VerbMessage.answer(call.verb(), process.exitValue(), out.whole(), log.whole());
    }

    private Process start(String verb) throws IOException {
        if (!VERB.matcher(verb).matches()) {
            throw new IllegalArgumentException("not a verb: " + verb);
        }
        var script = scripts.resolve(verb).toString();
        var builder = new ProcessBuilder(sudo ? List.of("/usr/bin/sudo", "-n", script) : List.of(script));
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        builder.environment().put("LC_ALL", "C");
        return builder.start();
    }

    private ThreadFactory threads() {
        return managedThreads == null ? Thread::new : managedThreads;
    }

    private static VerbFailure unreachable(VerbCall call, Exception cause) {
        LOG.log(Level.WARNING, "cannot call verb " + call.verb(), cause);
        return new VerbFailure(
                VerbFailure.Kind.UNREACHABLE,
                Problem.of("host-unreachable", call.verb(), String.valueOf(cause.getMessage())),
                "");
    }

    /** What a process says. Read by a thread of its own, so that the process never waits for us. */
    private final class Output {

        private final ByteArrayOutputStream said = new ByteArrayOutputStream();
        private final CompletableFuture<Void> end;

        Output(InputStream stream) {
            end = CompletableFuture.runAsync(
                    () -> VerbMessage.read(stream, said),
                    task -> threads().newThread(task).start());
        }

        /** Once the process has ended: whoever it left behind may hold its pipes open, but we do not wait for that one. */
        String whole() throws InterruptedException {
            try {
                end.get(LEFT_TO_READ.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException held) {
                LOG.log(Level.WARNING, "a process that a verb left behind holds its output", held);
            } catch (ExecutionException broken) {
                throw new CompletionException(broken.getCause());
            }
            return said.toString(StandardCharsets.UTF_8);
        }
    }
}
