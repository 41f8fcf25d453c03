package org.berth.sites;

import java.time.Instant;
import java.util.Optional;
import org.berth.settings.PlanView;

/**
 * What a site may have on disk, and what it has.
 *
 * @param enforced whether the kernel holds it to that; otherwise it is only counted
 * @param count empty until it was counted for the first time
 */
public record DiskUse(long limitBytes, long limitFiles, boolean enforced, Optional<Count> count) {

    private static final long MIB = 1024L * 1024;

    /** What was counted, and when. */
    public record Count(long bytes, long files, Instant at) {}

    static DiskUse of(PlanView plan, boolean enforced, Optional<Count> count) {
        return new DiskUse(plan.diskMiB() * MIB, plan.files(), enforced, count);
    }

    /** Whether there is more than there may be; who is held to the limit is at it and never above. */
    public boolean isOver() {
        return count.filter(counted -> counted.bytes() > limitBytes || counted.files() > limitFiles)
                .isPresent();
    }
}
