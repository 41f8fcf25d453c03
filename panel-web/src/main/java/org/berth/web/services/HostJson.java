package org.berth.web.services;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.berth.services.DiskView;
import org.berth.services.HostView;
import org.berth.services.ServiceView;

/** The host as the API shows it. */
public record HostJson(
        List<String> phpVersions,
        Addresses addresses,
        long memoryMiB,
        long memoryAvailableMiB,
        long diskMiB,
        long diskFreeMiB,
        List<Disk> disks,
        Quota quota,
        boolean http3,
        double load1,
        long uptimeSeconds,
        List<Service> services,
        Instant takenAt) {

    /** Public addresses. */
    public record Addresses(List<String> ipv4, List<String> ipv6) {}

    /** A file system that may fill up; {@code files} is 0 where their number has no limit. */
    public record Disk(String path, long mib, long freeMib, long files, long freeFiles) {

        static Disk of(DiskView disk) {
            return new Disk(disk.path(), disk.mib(), disk.freeMib(), disk.files(), disk.freeFiles());
        }
    }

    /** Whether the kernel holds sites to their limits of the disk, and if not why. */
    public record Quota(String fileSystem, boolean enforced, String why) {}

    /** A service that the host runs. */
    public record Service(
            String name,
            String unit,
            String state,
            String sub,
            Optional<Instant> since,
            long restarts,
            long memoryBytes) {

        static Service of(ServiceView service) {
            return new Service(
                    service.name(),
                    service.unit(),
                    service.state(),
                    service.sub(),
                    service.since(),
                    service.restarts(),
                    service.memoryBytes());
        }
    }

    static HostJson of(HostView host) {
        return new HostJson(
                host.phpVersions(),
                new Addresses(host.ipv4(), host.ipv6()),
                host.memoryMiB(),
                host.memoryAvailableMiB(),
                host.diskMiB(),
                host.diskFreeMiB(),
                host.disks().stream().map(Disk::of).toList(),
                new Quota(
                        host.quota().fileSystem(),
                        host.quota().enforced(),
                        host.quota().why()),
                host.http3(),
                host.load1(),
                host.uptimeSeconds(),
                host.services().stream().map(Service::of).toList(),
                host.takenAt());
    }
}
