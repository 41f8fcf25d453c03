package org.berth.doctor;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.berth.doctor.Finding.Remedy;
import org.berth.platform.Problem;
import org.berth.sites.SitePart;
import org.berth.sites.SiteRecord;
import org.berth.sites.SiteState;
import org.berth.sites.SiteType;

/** Holds one site against what the host has for its number. Asks neither database nor host. */
final class SiteExaminer {

    /** What only the server itself can tell of. */
    private static final Set<String> OF_DATABASES = Set.of("database", "database-user");

    /** By what a verb that works on the site is known. */
    private static final Set<String> AT_WORK = Set.of("locked", "verb-running");

    /** A limit that would bind at once. */
    private static final String DISK_OVER = "doctor-disk-over";

    private final SiteRecord site;
    private final boolean overDisk;
    private final Set<String> missing;
    private final Set<String> surplus;
    private final List<Finding> findings = new ArrayList<>();

    private SiteExaminer(SiteRecord site, Inventory inventory) {
        this.site = site;
        var present = inventory.of(site.id());
        overDisk = inventory.use(site.id()).isOver(site.plan());
        if (site.state() == SiteState.REMOVED) {
            missing = new TreeSet<>();
            surplus = new TreeSet<>(present);
        } else {
            var expected = Expected.of(site, inventory.quota());
            missing = expected.missing(present);
            surplus = expected.surplus(present);
            missing.addAll(taken(surplus, Thing.FENCE_LOST::equals));
        }
        if (!inventory.databases()) {
            // Not known, so not judged.
            missing.removeAll(OF_DATABASES);
        }
    }

    /**
     * What differs.
     *
     * @param retryable whether the last job of a site that is neither there nor gone can be tried again
     */
    static List<Finding> examine(SiteRecord site, Inventory inventory, Predicate<SiteRecord> retryable) {
        var examiner = new SiteExaminer(site, inventory);
        examiner.examine(retryable);
        return examiner.findings;
    }

    /** A number that Berth knows nothing of; whose it is only a person can say. */
    static Finding unknown(long number, Set<String> things) {
        var there = new TreeSet<>(things);
        there.remove(Thing.FENCE_LOST);
        return Finding.forAPerson(number, "", Problem.of("doctor-unknown", number), Thing.places(there, number));
    }

    private void examine(Predicate<SiteRecord> retryable) {
        var verb = taken(surplus, AT_WORK::contains);
        if (!verb.isEmpty()) {
            // Whatever differs may be right in a moment.
            forAPerson(Problem.of("doctor-locked", site.name()), Set.of(), verb);
        } else if (site.state() == SiteState.CREATING || site.state() == SiteState.REMOVING) {
            unfinished(retryable.test(site));
        } else {
            site.damage().ifPresent(problem -> forAPerson(problem, Set.of(), Set.of()));
            foreign();
            fence();
            if (site.state() == SiteState.REMOVED) {
                left();
            } else {
                lost();
                parts();
            }
        }
    }

    private void unfinished(boolean retryable) {
        var problem = retryable
                ? Problem.of("doctor-unfinished", site.name(), site.state().text())
                : Problem.of("doctor-stuck", site.name(), site.state().text());
        add(problem, Set.of(), Set.of(), retryable ? Remedy.RETRY : Remedy.NONE, Set.of());
    }

    /** Where somebody else has the site's user, nothing of it can be made or removed. */
    private void foreign() {
        var foreign = taken(surplus, Thing::isForeign);
        if (!foreign.isEmpty()) {
            missing.removeIf(thing -> Thing.part(thing) == SitePart.USER);
            surplus.removeIf(thing -> Thing.part(thing) == SitePart.USER);
            forAPerson(Problem.of("doctor-foreign", site.name()), Set.of(), foreign);
        }
    }

    /** By what to make it again only the host knew. */
    private void fence() {
        var fence = taken(surplus, "fence-damaged"::equals);
        if (!fence.isEmpty()) {
            forAPerson(Problem.of("doctor-fence", site.name()), Set.of(), fence);
        }
    }

    private void left() {
        // Whatever is removed makes it again.
        surplus.remove(Thing.FENCE_LOST);
        if (!surplus.isEmpty()) {
            var parts = new TreeSet<SitePart>();
            surplus.forEach(thing -> parts.add(partToRemove(thing)));
            add(Problem.of("doctor-left", site.name()), Set.of(), surplus, Remedy.CLEAN, parts);
        }
    }

    /** Flags go with the files, and keys with what the web server has: they are removed by the same verb. */
    private static SitePart partToRemove(String thing) {
        var part = Thing.part(thing);
        return switch (part) {
            case STATE -> SitePart.FILES;
            case KEYS -> SitePart.VHOST;
            default -> part;
        };
    }

    /** Data that are gone, and data that nobody knows of. Making them anew would hide the one and destroy the other. */
    private void lost() {
        var lost = taken(missing, Thing.DATA::contains);
        if (lost.contains("home")) {
            missing.clear();
            surplus.clear();
        } else if (lost.contains("database")) {
            missing.removeIf(thing -> Thing.part(thing) == SitePart.DATABASE);
        }
        if (!lost.isEmpty()) {
            forAPerson(Problem.of("doctor-lost", site.name()), lost, Set.of());
        }
        var others = taken(surplus, Thing.OTHERS_FILES::equals);
        if (!others.isEmpty()) {
            forAPerson(Problem.of("doctor-owner", site.name(), String.valueOf(site.id())), Set.of(), others);
        }
        var unknown = taken(surplus, this::isUnknownData);
        if (!unknown.isEmpty()) {
            forAPerson(Problem.of("doctor-data", site.name()), Set.of(), unknown);
        }
    }

    private boolean isUnknownData(String thing) {
        return Thing.part(thing) == SitePart.DATABASE && !(site.database() && Thing.DATABASE_CHANGED.equals(thing))
                || "removing".equals(thing);
    }

    private void parts() {
        if (missing.contains("vhost")) {
            // That its names are not served goes without saying.
            missing.removeIf(thing -> thing.startsWith("served="));
        }
        var quarantined = surplus.contains("quarantined");
        Map<SitePart, Set<String>> lacking = byPart(missing);
        Map<SitePart, Set<String>> besides = byPart(surplus);
        for (var part : SitePart.values()) {
            var less = lacking.getOrDefault(part, Set.of());
            var more = besides.getOrDefault(part, Set.of());
            if (!less.isEmpty() || !more.isEmpty()) {
                var problem = quarantined && part == SitePart.VHOST
                        ? Problem.of("doctor-quarantined", site.name())
                        : problem(part, less, more);
                add(problem, less, more, remedy(problem), Set.of(part));
            }
        }
    }

    private Remedy remedy(Problem problem) {
        if (site.damage().isPresent()) {
            // What is made again is made by the names.
            return Remedy.NONE;
        }
        return DISK_OVER.equals(problem.code()) ? Remedy.REPAIR_ASKED : Remedy.REPAIR;
    }

    private Problem problem(SitePart part, Set<String> less, Set<String> more) {
        return switch (part) {
            case USER -> Problem.of(user(less, more), site.name());
            case FILES -> Problem.of("doctor-files", site.name());
            case PHP -> Problem.of("doctor-php", site.name());
            case DATABASE -> Problem.of("doctor-database", site.name());
            case VHOST -> Problem.of(vhost(less, more), site.name());
            case KEYS -> Problem.of("doctor-keys", site.name());
            case STATE -> Problem.of("doctor-state", site.name());
        };
    }

    private String user(Set<String> less, Set<String> more) {
        if (overDisk && Thing.limitsDisk(less)) {
            return DISK_OVER;
        }
        return less.equals(Set.of(Thing.FENCE_LOST)) && more.isEmpty() ? "doctor-fence-lost" : "doctor-user";
    }

    private String vhost(Set<String> less, Set<String> more) {
        if (less.isEmpty() && more.equals(Set.of(Thing.CERTIFICATE_ACCESS))) {
            return "doctor-exposed";
        }
        return isUnshown(less, more) ? "doctor-certificate" : "doctor-vhost";
    }

    /** Whether all that differs is which certificate visitors get. */
    private boolean isUnshown(Set<String> less, Set<String> more) {
        return (site.certificate().isPresent() || !more.isEmpty())
                && Stream.concat(less.stream(), more.stream()).allMatch(Thing::isCertificate);
    }

    private Map<SitePart, Set<String>> byPart(Set<String> things) {
        var byPart = new EnumMap<SitePart, Set<String>>(SitePart.class);
        things.forEach(thing -> byPart.computeIfAbsent(partToMend(thing), any -> new TreeSet<>())
                .add(thing));
        return byPart;
    }

    /** PHP that runs or listens for a site that is offline is stopped by what takes a site offline. */
    private SitePart partToMend(String thing) {
        var open = Set.of("socket", "listening", "running").contains(thing);
        return open && site.type() == SiteType.PHP && site.state() != SiteState.ACTIVE
                ? SitePart.STATE
                : Thing.part(thing);
    }

    private void forAPerson(Problem problem, Set<String> less, Set<String> more) {
        add(problem, less, more, Remedy.NONE, Set.of());
    }

    private void add(Problem problem, Set<String> less, Set<String> more, Remedy remedy, Set<SitePart> parts) {
        findings.add(new Finding(
                site.id(),
                site.name(),
                problem,
                Thing.places(less, site.id()),
                Thing.places(more, site.id()),
                remedy,
                parts));
    }

    /** Takes out of the things those that are meant. */
    private static Set<String> taken(Set<String> things, Predicate<String> meant) {
        var taken = new TreeSet<String>();
        things.stream().filter(meant).forEach(taken::add);
        things.removeAll(taken);
        return taken;
    }
}
