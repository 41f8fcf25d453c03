package org.berth.jobs;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.berth.platform.Conflict;
import org.berth.platform.Problem;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Whether root wants no job to begin, as an upgrade does: a file says so, which only root can make and which is gone
 * after a restart of the host. What runs goes on to its end; what waits begins when the file is gone.
 */
@ApplicationScoped
class Drain {

    @Inject
    @ConfigProperty(name = "berth.drain.file", defaultValue = "/run/berth/drain")
    private String file;

    boolean isOn() {
        return Files.exists(Path.of(file));
    }

    /**
     * For whoever wishes a job.
     *
     * @throws Conflict while no job may begin
     */
    void requireOff() {
        if (isOn()) {
            throw new Conflict(Problem.of("jobs-drained"));
        }
    }
}
