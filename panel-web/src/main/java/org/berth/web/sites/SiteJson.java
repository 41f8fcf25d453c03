package org.berth.web.sites;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.berth.databases.DatabaseView;
import org.berth.sites.DiskUse;
import org.berth.sites.DnsHint;
import org.berth.sites.NameKind;
import org.berth.sites.SiteState;
import org.berth.sites.SiteType;
import org.berth.sites.SiteView;
import org.berth.sites.WwwChoice;
import org.berth.web.jobs.JobJson;
import org.berth.web.jobs.ReasonJson;
import org.berth.web.settings.PlanJson;

/** A site with everything about it, as the API shows it. */
public record SiteJson(
        long id,
        String name,
        String unicodeName,
        String url,
        SiteType type,
        SiteState state,
        String owner,
        Optional<String> phpVersion,
        WwwChoice www,
        List<Name> names,
        Tls tls,
        boolean database,
        Optional<String> databaseName,
        Optional<String> databaseUser,
        Optional<String> databaseHost,
        PlanJson plan,
        Disk disk,
        Optional<String> suspendReason,
        boolean suspendedByAdministrator,
        Instant createdAt,
        Optional<Instant> deletedAt,
        Optional<Instant> purgeAt,
        String user,
        String home,
        String documentRoot,
        List<Dns> dns,
        Optional<ReasonJson> quarantine,
        Optional<ReasonJson> damage,
        Optional<JobJson> activeJob,
        List<JobJson> lastJobs) {

    /** A name that the site answers to. */
    public record Name(String name, String unicodeName, NameKind kind) {}

    /**
     * How it leads visitors to HTTPS.
     *
     * @param hsts how long browsers are told to keep to it: off, 5-minutes, 1-day, 1-year or preload
     */
    public record Tls(boolean forceHttps, String hsts, boolean http3) {}

    /**
     * What it may have on disk, and has.
     *
     * @param enforced whether the kernel holds it to that
     * @param countedAt when that was counted; empty, like what was counted, before the first time
     */
    public record Disk(
            long limitBytes,
            long limitFiles,
            boolean enforced,
            Optional<Long> bytes,
            Optional<Long> files,
            Optional<Instant> countedAt) {

        static Disk of(DiskUse disk) {
            return new Disk(
                    disk.limitBytes(),
                    disk.limitFiles(),
                    disk.enforced(),
                    disk.count().map(DiskUse.Count::bytes),
                    disk.count().map(DiskUse.Count::files),
                    disk.count().map(DiskUse.Count::at));
        }
    }

    /**
     * A record that DNS should have.
     *
     * @param status where the name leads now
     * @param found the addresses it leads to
     */
    public record Dns(String name, String type, String value, DnsHint.Status status, List<String> found) {}

    static SiteJson of(SiteView site, Locale locale) {
        return new SiteJson(
                site.id(),
                site.name(),
                site.display(),
                site.url(),
                site.type(),
                site.state(),
                site.ownerLogin(),
                site.phpVersion(),
                site.www(),
                site.names().stream()
                        .map(name -> new Name(name.ascii(), name.display(), name.kind()))
                        .toList(),
                new Tls(
                        site.tls().forceHttps(),
                        site.tls().hsts().text(),
                        site.tls().http3()),
                site.database().isPresent(),
                site.database().map(DatabaseView::name),
                site.database().map(DatabaseView::user),
                site.database().map(DatabaseView::host),
                PlanJson.of(site.plan()),
                Disk.of(site.disk()),
                site.suspendReason(),
                site.suspendedByAdministrator(),
                site.createdAt(),
                site.deletedAt(),
                site.purgeAt(),
                site.systemUser(),
                site.home(),
                site.documentRoot(),
                site.dns().stream().flatMap(hint -> records(hint).stream()).toList(),
                site.quarantine().map(problem -> ReasonJson.of(problem, locale)),
                site.damage().map(problem -> ReasonJson.of(problem, locale)),
                site.activeJob().map(job -> JobJson.of(job, locale)),
                site.lastJobs().stream().map(job -> JobJson.of(job, locale)).toList());
    }

    private static List<Dns> records(DnsHint hint) {
        return hint.wanted().stream()
                .map(wanted -> new Dns(hint.name(), wanted.type(), wanted.value(), hint.status(), hint.found()))
                .toList();
    }
}
