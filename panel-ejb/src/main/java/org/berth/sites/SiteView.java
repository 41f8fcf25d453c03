package org.berth.sites;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.berth.databases.DatabaseView;
import org.berth.jobs.JobView;
import org.berth.platform.Problem;
import org.berth.settings.PlanView;

/**
 * A site as shown to people.
 *
 * @param name canonical name, ASCII form
 * @param display the form for people
 * @param url where visitors find it
 * @param tls how it leads visitors to HTTPS
 * @param plan what it may use
 * @param disk what it may have on disk, and has
 * @param suspendReason why it is suspended
 * @param suspendedByAdministrator whether only an administrator may resume it
 * @param purgeAt when a deleted site will be gone for good
 * @param systemUser Linux user under which it runs
 * @param home its home folder
 * @param documentRoot folder from which it is served
 * @param quarantine that the web server refused its configuration; what exactly, only for administrators
 * @param damage that its rows were changed by hand, so that its names tell nothing
 * @param activeJob the job that works on it now
 * @param lastJobs its newest jobs, newest first, without steps
 */
public record SiteView(
        long id,
        String name,
        String display,
        String url,
        SiteType type,
        SiteState state,
        long ownerId,
        String ownerLogin,
        Optional<String> phpVersion,
        WwwChoice www,
        List<SiteName> names,
        Optional<DatabaseView> database,
        TlsSettings tls,
        PlanView plan,
        DiskUse disk,
        Optional<String> suspendReason,
        boolean suspendedByAdministrator,
        Instant createdAt,
        Optional<Instant> deletedAt,
        Optional<Instant> purgeAt,
        String systemUser,
        String home,
        String documentRoot,
        List<DnsHint> dns,
        Optional<Problem> quarantine,
        Optional<Problem> damage,
        Optional<JobView> activeJob,
        List<JobView> lastJobs) {

    public SiteView {
        names = List.copyOf(names);
        dns = List.copyOf(dns);
        lastJobs = List.copyOf(lastJobs);
    }
}
