package org.berth.dns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Servers of this machine that a test has to itself, each with a log of its name in a folder. */
final class Programs implements AutoCloseable {

    private static final List<String> KEPT = List.of("PATH");

    private final Path folder;
    private final List<Process> running = new ArrayList<>();

    Programs(Path folder) {
        this.folder = folder;
    }

    /** Starts one that keeps running. */
    void start(String log, String... command) {
        running.add(begin(log, command));
    }

    /** Runs one to its end. */
    void run(String log, String... command) {
        if (begin(log, command).onExit().join().exitValue() != 0) {
            throw new IllegalStateException(command[0] + " failed, see " + folder.resolve(log));
        }
    }

    /** Until something listens there. */
    void await(String address, int port) {
        for (; ; Thread.onSpinWait()) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(address, port));
                return;
            } catch (IOException notYet) {
                if (running.stream().anyMatch(process -> !process.isAlive())) {
                    close();
                    throw new IllegalStateException("a server ended, see " + folder, notYet);
                }
            }
        }
    }

    @Override
    public void close() {
        running.forEach(process -> process.destroyForcibly().onExit().join());
    }

    private Process begin(String log, String... command) {
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve(log).toFile()));
        builder.environment().keySet().retainAll(KEPT);
        try {
            return builder.start();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
