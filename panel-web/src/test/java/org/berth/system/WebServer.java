package org.berth.system;

import java.time.Duration;
import org.berth.fixture.Eventually;
import org.berth.fixture.Fresh;

/** The sites' web server, made to stand in the way of a job. */
final class WebServer {

    private WebServer() {}

    /** While its lock is held, the last thing that a new site needs does not happen. */
    static void waits(Runnable meanwhile) {
        var unit = "test-holds-" + Fresh.random();
        var file = "/var/lib/berth/host/locks/nginx";
        LabHost.run("systemd-run", "--collect", "--quiet", "--unit=" + unit, "flock", file, "sleep", "60");
        try {
            Eventually.within(
                    Duration.ofSeconds(10),
                    "the lock is held",
                    () -> LabHost.program("flock", "--nonblock", file, "true")
                                    .run()
                                    .exit()
                            != 0);
            meanwhile.run();
        } finally {
            LabHost.run("systemctl", "stop", unit);
        }
    }

    /** A file that is mounted upon cannot be replaced, not even by root: what one site changes fails, and only that. */
    static void refuses(int site, Runnable meanwhile) {
        var file = "/etc/berth/nginx/sites/" + site + ".conf";
        LabHost.run("mount", "--bind", file, file);
        try {
            meanwhile.run();
        } finally {
            LabHost.run("umount", file);
        }
    }
}
