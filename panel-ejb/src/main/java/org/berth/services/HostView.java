package org.berth.services;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The host as it was a moment ago.
 *
 * @param phpVersions versions that sites can have, newest first
 * @param ipv4 public addresses
 * @param ipv6 public addresses
 * @param disks file systems that may fill up, that of the sites first
 * @param quota whether the kernel holds sites to their limits of the disk
 * @param http3 whether sites can answer over HTTP/3
 * @param tlsProfile what all sites take of TLS
 * @param quarantined ids of sites whose server block the web server refused, with its words about it
 * @param refused names of other files that the web server refused
 * @param load1 load average of the last minute
 * @param takenAt when the host was asked
 */
public record HostView(
        List<String> phpVersions,
        List<String> ipv4,
        List<String> ipv6,
        long memoryMiB,
        long memoryAvailableMiB,
        List<DiskView> disks,
        QuotaView quota,
        boolean http3,
        TlsProfile tlsProfile,
        Map<Long, String> quarantined,
        List<String> refused,
        double load1,
        long uptimeSeconds,
        List<ServiceView> services,
        Instant takenAt) {

    public HostView {
        phpVersions = List.copyOf(phpVersions);
        ipv4 = List.copyOf(ipv4);
        ipv6 = List.copyOf(ipv6);
        disks = List.copyOf(disks);
        quarantined = Map.copyOf(quarantined);
        refused = List.copyOf(refused);
        services = List.copyOf(services);
    }

    /** The disk of the sites. */
    public long diskMiB() {
        return disks.isEmpty() ? 0 : disks.get(0).mib();
    }

    /** What is free on it. */
    public long diskFreeMiB() {
        return disks.isEmpty() ? 0 : disks.get(0).freeMib();
    }
}
