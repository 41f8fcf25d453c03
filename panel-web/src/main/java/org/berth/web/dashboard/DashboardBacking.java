package org.berth.web.dashboard;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import org.berth.audit.AuditLog;
import org.berth.audit.AuditView;
import org.berth.certificates.AcmeDirectories;
import org.berth.certificates.DirectoryView;
import org.berth.jobs.JobView;
import org.berth.jobs.Jobs;
import org.berth.platform.PageRequest;
import org.berth.platform.Problem;
import org.berth.services.Health;
import org.berth.services.HealthView;
import org.berth.services.HostStatus;
import org.berth.services.HostView;
import org.berth.sites.SiteRow;
import org.berth.sites.SiteState;
import org.berth.sites.Sites;
import org.berth.web.frame.TrayBacking;
import org.berth.web.security.CurrentActor;

/** The first page: what needs attention, then counts, services, running jobs and what happened lately. */
@Named
@RequestScoped
public class DashboardBacking {

    private static final int FEW = 5;
    private static final int RECENT = 8;

    @Inject
    private CurrentActor current;

    @Inject
    private Sites sites;

    @Inject
    private Jobs jobs;

    @Inject
    private AuditLog audit;

    @Inject
    private HostStatus hostStatus;

    @Inject
    private Health health;

    @Inject
    private AcmeDirectories directories;

    @Inject
    private TrayBacking tray;

    private HealthView healthView;
    private HostView host;
    private Map<SiteState, Long> counts;
    private List<SiteRow> suspended;
    private List<SiteRow> over;
    private List<JobView> failed;
    private List<AuditView> recent;

    /** Whether anything needs attention. */
    public boolean isCalm() {
        return getReasons().isEmpty()
                && getFailed().isEmpty()
                && getSuspended().isEmpty()
                && getOver().isEmpty();
    }

    /** Why Berth is not well; administrators only. */
    public List<Problem> getReasons() {
        return current.actor().isAdministrator() ? getHealth().reasons() : List.of();
    }

    /** Whether no site can get a certificate yet, as nobody agreed to an authority's terms; administrators only. */
    public boolean isWithoutAuthority() {
        return current.actor().isAdministrator()
                && directories.list(current.actor()).stream().noneMatch(DirectoryView::ready);
    }

    public HealthView getHealth() {
        if (healthView == null) {
            healthView = health.view(current.actor());
        }
        return healthView;
    }

    public HostView getHost() {
        if (host == null) {
            host = hostStatus.host(current.actor());
        }
        return host;
    }

    /** Jobs that failed or stalled and were not retried since. */
    public List<JobView> getFailed() {
        if (failed == null) {
            failed = java.util.stream.Stream.of("FAILED", "STALLED")
                    .flatMap(state -> jobs.list(current.actor(), first(FEW, state)).rows().stream())
                    .filter(JobView::retryable)
                    .toList();
        }
        return failed;
    }

    public List<SiteRow> getSuspended() {
        if (suspended == null) {
            suspended = sites.list(current.actor(), first(FEW, "SUSPENDED")).rows();
        }
        return suspended;
    }

    /** Sites that have more on disk than they may. */
    public List<SiteRow> getOver() {
        if (over == null) {
            over = sites.list(current.actor(), new PageRequest(0, FEW, "", true, "", Map.of("disk", "over")))
                    .rows();
        }
        return over;
    }

    public long getSites() {
        return counts().values().stream().mapToLong(Long::longValue).sum();
    }

    public long getActiveSites() {
        return counts().getOrDefault(SiteState.ACTIVE, 0L);
    }

    private Map<SiteState, Long> counts() {
        if (counts == null) {
            counts = sites.counts(current.actor());
        }
        return counts;
    }

    public List<JobView> getRunning() {
        return tray.getJobs();
    }

    public List<AuditView> getRecent() {
        if (recent == null) {
            recent = audit.list(current.actor(), PageRequest.first(RECENT)).rows();
        }
        return recent;
    }

    private static PageRequest first(int limit, String state) {
        return new PageRequest(0, limit, "", true, "", Map.of("state", state));
    }
}
