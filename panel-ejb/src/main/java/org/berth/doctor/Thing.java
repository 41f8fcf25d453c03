package org.berth.doctor;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.berth.sites.SitePart;

/** What the words of the inventory mean: which part of a site a thing belongs to, and where an administrator finds it. */
final class Thing {

    /** Nobody can make it again. */
    static final Set<String> DATA = Set.of("home", "database");

    /** Folders of the tenant that belong to somebody else: what is in them may be many files. */
    static final String OTHERS_FILES = "others-files";

    /** The database's user may do more, or less, than it was made for. */
    static final String DATABASE_CHANGED = "database-changed";

    /** No file says any more which jobs of the site are out of date. */
    static final String FENCE_LOST = "fence-lost";

    /** Others than root and the web server may read keys, or these may not. */
    static final String CERTIFICATE_ACCESS = "certificate-access";

    private static final Set<String> LIMITS = Set.of("MemoryMax", "CPUQuota", "TasksMax", "IOWeight");

    private static final Set<String> DISK_LIMITS = Set.of("DiskMiB", "DiskFiles");

    private static final long FIRST_UID = 70_000;

    private Thing() {}

    /** Whether it belongs to somebody who is not the site. */
    static boolean isForeign(String thing) {
        return thing.startsWith("foreign-");
    }

    /** Whether a limit of the disk is among them. */
    static boolean limitsDisk(Collection<String> things) {
        return things.stream().anyMatch(thing -> "disk-limit".equals(word(thing)));
    }

    /** Whether it tells which certificate visitors get, or that it is there. */
    static boolean isCertificate(String thing) {
        return "certificate".equalsIgnoreCase(word(thing));
    }

    static SitePart part(String thing) {
        return switch (word(thing)) {
            case "user",
                    "user-changed",
                    "group",
                    "group-changed",
                    "disk-limit",
                    "processes",
                    "tenant-running",
                    FENCE_LOST -> SitePart.USER;
            case "home", "home-changed", OTHERS_FILES, "current", "own-logs", "removing" -> SitePart.FILES;
            case "database",
                    "database-user",
                    DATABASE_CHANGED,
                    "database-user-elsewhere",
                    "database-socket",
                    "database-folder",
                    "database-listening",
                    "database-running",
                    "database-failed" -> SitePart.DATABASE;
            case "suspended", "deleted" -> SitePart.STATE;
            case "Key" -> SitePart.KEYS;
            case "php",
                    "php-copy",
                    "php-changed",
                    "php-access",
                    "php-new",
                    "php-failed",
                    "socket",
                    "socket-access",
                    "listening",
                    "running",
                    "limit" -> SitePart.PHP;
            default -> SitePart.VHOST;
        };
    }

    static List<String> places(Collection<String> things, long site) {
        return things.stream().map(thing -> place(thing, site)).toList();
    }

    private static String place(String thing, long site) {
        var value = thing.substring(thing.indexOf('=') + 1);
        return switch (word(thing)) {
            case "user" -> "/etc/passwd: s_" + site;
            case "group" -> "/etc/group: s_" + site;
            case "processes" -> "ps -U " + (FIRST_UID + site);
            case "tenant-running" -> "berth-tenant-" + site + ".service";
            case "verb-running" -> "berth-verb-*.service: site " + site;
            case "user-changed" -> "/etc/passwd, /etc/shadow, /etc/group: s_" + site;
            case "group-changed" -> "/etc/group: s_" + site + " has members";
            case "disk-limit" -> "/srv/sites: quota of s_" + site + ": " + thing;
            case "foreign-user" -> "/etc/passwd: s_" + site + " / " + (FIRST_UID + site);
            case "foreign-group" -> "/etc/group: s_" + site + " / " + (FIRST_UID + site);
            case "home" -> "/srv/sites/s_" + site;
            case "home-changed" -> "/srv/sites/s_" + site + ": owner, mode, ACL";
            case OTHERS_FILES -> "/srv/sites/s_" + site + "/{releases,shared}: owner";
            case "current" -> "/srv/sites/s_" + site + "/current";
            case "own-logs" -> "/srv/sites/s_" + site + "/logs/{php,cron}.log";
            case "removing" -> "/srv/sites/.removing-" + site;
            case "php" -> "/etc/berth/php/" + site + ": PHP " + thing.substring(3);
            case "php-copy" -> "/var/lib/berth/host/pools/" + site + ".conf";
            case "php-changed" -> "/etc/berth/php/" + site + "/pool.conf";
            case "php-access" -> "/etc/berth/php/" + site + ": owner, mode, ACL";
            case "php-failed" -> "berth-php@" + site + ": failed";
            case "php-new" -> "/etc/berth/php/" + site + ".new";
            case "socket" -> "/etc/systemd/system/sockets.target.wants/berth-php@" + site + ".socket";
            case "listening" -> "/run/berth/php/" + site + ".sock";
            case "socket-access" -> "/run/berth/php/" + site + ".sock: owner, mode, ACL";
            case "running" -> "berth-php@" + site + ".service";
            case "limit" -> "berth-site-" + site + ".slice: " + thing;
            case "vhost", "vhost-changed" -> "/etc/berth/nginx/sites/" + site + ".conf";
            case "quarantined" -> "/etc/berth/nginx/quarantine/" + site + ".error";
            case "pending" -> "/var/lib/berth/host/nginx/pending/" + site;
            case "candidate" -> "/var/lib/berth/host/nginx/candidate-" + site + ".conf";
            case "Certificate" -> "/etc/berth/nginx/sites/" + site + ".conf: certificate " + value;
            case "certificate" -> "/var/lib/berth/tls/" + site + "/*.pem";
            case "certificate-folder" -> "/var/lib/berth/tls/" + site;
            case CERTIFICATE_ACCESS -> "/var/lib/berth/tls/" + site + ": owner, mode, ACL";
            case "Key" -> "/var/lib/berth/tls/" + site + "/" + value + ".key";
            case "challenge" -> "/var/lib/berth/host/challenges";
            case "logs" -> "/var/log/nginx/sites/" + site + ".access.log";
            case "logs-changed" -> "/var/log/nginx/sites/" + site + ".{access,error}.log: kind, mode";
            case "old-logs" -> "/var/log/nginx/sites/" + site + ".*.log.*";
            case "names" -> "/var/lib/berth/host/lists/" + site;
            case "served", "Tls" -> "/etc/berth/nginx/sites/" + site + ".conf: " + value;
            case "claimed" -> "/var/lib/berth/host/names/" + value;
            case "suspended", "deleted" -> "/var/lib/berth/flags/" + site + "." + thing;
            case "fence-damaged", FENCE_LOST -> "/var/lib/berth/host/fence/" + site;
            case "locked" -> "/var/lib/berth/host/locks/site-" + site;
            case "database" -> "MariaDB: s_" + site;
            case "database-user" -> "MariaDB: s_" + site + "@localhost";
            case DATABASE_CHANGED -> "MariaDB: s_" + site + "@localhost: rights, login, lock, limits";
            case "database-user-elsewhere" -> "MariaDB: s_" + site + " at another host than localhost";
            case "database-socket" -> "/etc/systemd/system/sockets.target.wants/berth-db@" + site + ".socket";
            case "database-folder" -> "/run/berth/databases/" + site;
            case "database-listening" -> "/run/berth/databases/" + site + "/mysqld.sock";
            case "database-running" -> "berth-db@" + site + ".service";
            case "database-failed" -> "berth-db@" + site + ": failed";
            default -> thing;
        };
    }

    /** The thing without its value. */
    private static String word(String thing) {
        var equals = thing.indexOf('=');
        if (equals > 0) {
            var word = thing.substring(0, equals);
            return LIMITS.contains(word) ? "limit" : DISK_LIMITS.contains(word) ? "disk-limit" : word;
        }
        return thing.matches("php[0-9.]*") ? "php" : thing;
    }
}
