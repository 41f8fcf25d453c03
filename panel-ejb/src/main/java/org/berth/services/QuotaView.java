package org.berth.services;

import java.util.Optional;
import org.berth.platform.Problem;

/**
 * Whether the kernel holds sites to their limits of the disk.
 *
 * @param fileSystem that of the sites, such as {@code ext4}
 * @param enforced whether it does; otherwise what sites have is counted from time to time
 * @param why if it does not: {@code file-system}, {@code kernel}, {@code tools} or {@code off}
 */
public record QuotaView(String fileSystem, boolean enforced, String why) {

    /** What an administrator could do about it; works without, so it is no alarm. */
    Optional<Problem> hint() {
        return enforced ? Optional.empty() : Optional.of(reason());
    }

    private Problem reason() {
        return switch (why) {
            case "file-system" -> Problem.of("hint-quota-file-system", fileSystem);
            case "kernel" -> Problem.of("hint-quota-kernel", fileSystem);
            case "tools" -> Problem.of("hint-quota-tools");
            default -> Problem.of("hint-quota-off", fileSystem);
        };
    }
}
