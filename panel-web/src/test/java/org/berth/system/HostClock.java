package org.berth.system;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Sets the clock of the lab host. It has the clock of its machine, so every program that starts on it from now on loads a
 * library that adds to what the kernel says; the kernel itself, and so the times of files, stay.
 */
final class HostClock implements AutoCloseable {

    private static final String LIBRARY = "/usr/local/lib/host-clock";

    private HostClock() {}

    /** Starts the panel, its database and the web server again under a clock that can be set. */
    static HostClock take() {
        var source = Path.of(System.getProperty("berth.checkout", "..")).resolve("panel-web/src/test/host/clock.c");
        var object = Command.of("bash", "-c", """
                        set -euo pipefail
                        made=$(mktemp)
                        trap 'rm -f "$made"' EXIT
                        gcc -O2 -shared -fPIC -o "$made" "$0"
                        base64 "$made"
                        """, source.toString()).run().orFail();
        LabHost.shell("truncate -s 8 " + LIBRARY).orFail();
        LabHost.program("bash", "-c", "base64 -d > " + LIBRARY + ".so")
                .run(object.out())
                .orFail();
        var clock = new HostClock();
        try {
            clock.set(Duration.ZERO);
            LabHost.shell("echo " + LIBRARY + ".so > /etc/ld.so.preload").orFail();
            LabHost.run("systemctl", "restart", "mariadb@berth", "nginx", "berth");
            return clock;
        } catch (AssertionError failed) {
            clock.close();
            throw failed;
        }
    }

    /** Sets the clock to the machine's and this. */
    void set(Duration ahead) {
        LabHost.run(
                "perl",
                "-e",
                "open F, '+<', $ARGV[0] or die; syswrite F, pack('q', $ARGV[1]) or die",
                LIBRARY,
                String.valueOf(ahead.toSeconds()));
        // A kernel whose clock is set has systemd do this (berth-clock.timer): databases would stand still.
        LabHost.run("systemctl", "start", "berth-clock.service");
    }

    /** The machine's clock again, and programs that have forgotten all about it. */
    @Override
    public void close() {
        set(Duration.ZERO);
        LabHost.run("rm", "/etc/ld.so.preload");
        LabHost.run("systemctl", "restart", "mariadb@berth", "nginx", "berth");
    }
}
