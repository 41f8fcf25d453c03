package org.berth.system;

import java.util.function.Supplier;
import org.berth.fixture.Eventually;
import org.berth.fixture.Fresh;

/** A lock of the host's verbs, held by the test: whichever verb needs it meanwhile waits. */
final class HeldLock {

    private HeldLock() {}

    /** Does something while the lock of this name is held, such as {@code nginx} or {@code site-12}. */
    static <T> T during(String lock, Supplier<T> meanwhile) {
        var unit = "test-holds-" + Fresh.random();
        var file = "/var/lib/berth/host/locks/" + lock;
        LabHost.run("systemd-run", "--collect", "--quiet", "--unit=" + unit, "flock", file, "sleep", "infinity");
        try {
            Eventually.holds(
                    "the lock " + lock + " is held",
                    () -> LabHost.program("flock", "--nonblock", file, "true")
                                    .run()
                                    .exit()
                            != 0);
            return meanwhile.get();
        } finally {
            LabHost.run("systemctl", "stop", unit);
        }
    }
}
