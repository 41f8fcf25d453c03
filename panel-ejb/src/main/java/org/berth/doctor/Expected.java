package org.berth.doctor;

import java.util.Set;
import java.util.TreeSet;
import org.berth.sites.SiteRecord;
import org.berth.sites.SiteState;
import org.berth.sites.SiteType;

/**
 * What the host should have for a site that is there, while no job works on it, in the words of {@link Inventory}.
 *
 * @param needed must be there
 * @param tolerated may be there
 */
record Expected(Set<String> needed, Set<String> tolerated) {

    /**
     * @param quota whether the kernel keeps limits of the disk
     */
    static Expected of(SiteRecord site, boolean quota) {
        var needed = new TreeSet<>(
                Set.of("user", "group", "home", "current", "own-logs", "vhost", "certificate", "logs", "names"));
        // Rotated logs; what an interrupted verb begins anew, and has let run for a limited time; what there is while a
        // certificate is ordered; and what the next visitor starts again.
        var tolerated = new TreeSet<>(Set.of(
                "old-logs",
                "php-new",
                "php-failed",
                "database-failed",
                "candidate",
                "certificate-folder",
                "challenge",
                "processes",
                "tenant-running"));
        site.ordered().ifPresent(number -> tolerated.add("Key=" + number));
        for (var name : site.names()) {
            needed.addAll(Set.of("served=" + name, "claimed=" + name));
        }
        site.tls().forEach(word -> needed.add("Tls=" + word));
        site.certificate().ifPresent(number -> needed.add("Certificate=" + number));
        if (site.type() == SiteType.PHP) {
            php(site, needed, tolerated);
        }
        if (quota) {
            needed.add("DiskMiB=" + site.plan().diskMiB());
            needed.add("DiskFiles=" + site.plan().files());
        }
        if (site.database()) {
            needed.addAll(
                    Set.of("database", "database-user", "database-socket", "database-folder", "database-listening"));
            tolerated.add("database-running");
        }
        if (site.state() == SiteState.SUSPENDED || site.state() == SiteState.DELETED) {
            needed.add(site.state().text());
        }
        return new Expected(needed, tolerated);
    }

    private static void php(SiteRecord site, Set<String> needed, Set<String> tolerated) {
        var plan = site.plan();
        tolerated.add("php-copy");
        needed.add("php" + site.phpVersion().orElse(""));
        needed.add("MemoryMax=" + plan.memoryMiB() * 1024L * 1024);
        needed.add("CPUQuota=" + plan.cpuPercent() + "%");
        needed.add("TasksMax=" + plan.tasks());
        needed.add("IOWeight=" + plan.ioWeight());
        if (site.state() == SiteState.ACTIVE) {
            needed.addAll(Set.of("socket", "listening"));
            tolerated.add("running");
        }
    }

    Set<String> missing(Set<String> present) {
        var missing = new TreeSet<>(needed);
        missing.removeAll(present);
        return missing;
    }

    Set<String> surplus(Set<String> present) {
        var surplus = new TreeSet<>(present);
        surplus.removeAll(needed);
        surplus.removeAll(tolerated);
        return surplus;
    }
}
