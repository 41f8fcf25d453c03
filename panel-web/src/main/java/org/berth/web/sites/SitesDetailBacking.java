package org.berth.web.sites;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.berth.audit.AuditLog;
import org.berth.audit.AuditView;
import org.berth.jobs.JobView;
import org.berth.platform.PageRequest;
import org.berth.services.HostStatus;
import org.berth.sites.DnsHint;
import org.berth.sites.NameCheck;
import org.berth.sites.NameKind;
import org.berth.sites.SiteChange;
import org.berth.sites.SiteName;
import org.berth.sites.SiteView;
import org.berth.sites.Sites;
import org.berth.sites.TlsChange;
import org.berth.sites.WwwChoice;
import org.berth.web.frame.Address;
import org.berth.web.frame.ConfirmBox;
import org.berth.web.frame.Redirect;
import org.berth.web.security.CurrentActor;

/** One site: what it is, its tabs, and everything that can be done to it. */
@Named
@RequestScoped
public class SitesDetailBacking {

    private static final int RECENT = 20;

    @Inject
    private CurrentActor current;

    @Inject
    private Address address;

    @Inject
    private Sites sites;

    @Inject
    private HostStatus host;

    @Inject
    private AuditLog audit;

    @Inject
    private ConfirmBox confirm;

    @Inject
    private HttpServletRequest request;

    private SiteView site;
    private String reason = "";
    private String phpVersion;
    private String www;
    private String aliases;
    private boolean checking;
    private List<NameCheck> aliasChecks;
    private String databasePassword = "";

    /** The form for names is also an address, by which the page's script has it checked while somebody types. */
    @PostConstruct
    void init() {
        checking = "fetch".equals(request.getHeader("X-Requested-With"));
        if (checking) {
            www = request.getParameter("www");
            aliases = request.getParameter("aliases");
        }
    }

    public SiteView getSite() {
        if (site == null) {
            site = sites.find(current.actor(), address.getItem());
        }
        return site;
    }

    /** Part of the page's address that names the site. */
    public String getPath() {
        return "/sites/" + getSite().id();
    }

    public boolean isTab(String name) {
        return address.getTab().equals(name);
    }

    /** State as text, for the conditions of the page. */
    public boolean isIn(String state) {
        return getSite().state().name().equals(state);
    }

    /** Whether the actor could resume it. */
    public boolean isResumable() {
        return isIn("SUSPENDED")
                && (!getSite().suspendedByAdministrator() || current.actor().isAdministrator());
    }

    /** Names that do not lead here, or not yet. */
    public List<DnsHint> getAstray() {
        return getSite().dns().stream()
                .filter(hint -> hint.status() == DnsHint.Status.MISSING || hint.status() == DnsHint.Status.ELSEWHERE)
                .toList();
    }

    /** Whether the answers about its names are still on their way. */
    public boolean isLookingUp() {
        return getSite().dns().stream().anyMatch(hint -> hint.status() == DnsHint.Status.UNKNOWN);
    }

    /** PHP versions that the host has. */
    public List<String> getPhpVersions() {
        return host.host(current.actor()).phpVersions();
    }

    /** What happened to the site lately. */
    public List<AuditView> getAudit() {
        var filters = Map.of("type", "site", "id", String.valueOf(getSite().id()));
        return audit.list(current.actor(), new PageRequest(0, RECENT, "", true, "", filters))
                .rows();
    }

    public String getReason() {
        return reason;
    }

    public void setReason(String reason) {
        this.reason = reason;
    }

    public String getPhpVersion() {
        return phpVersion == null ? getSite().phpVersion().orElse("") : phpVersion;
    }

    public void setPhpVersion(String phpVersion) {
        this.phpVersion = phpVersion;
    }

    public String getWww() {
        return www == null ? getSite().www().text() : www;
    }

    public void setWww(String www) {
        this.www = www;
    }

    /** One alias a line. */
    public String getAliases() {
        return aliases == null
                ? getSite().names().stream()
                        .filter(name -> name.kind() == NameKind.ALIAS)
                        .map(SiteName::display)
                        .collect(Collectors.joining("\n"))
                : aliases;
    }

    public void setAliases(String aliases) {
        this.aliases = aliases;
    }

    /** What the panel thinks of aliases that the site does not have yet. */
    public List<NameCheck> getAliasChecks() {
        if (!checking) {
            return List.of();
        }
        if (aliasChecks == null) {
            var names = getSite().names().stream().map(SiteName::ascii).toList();
            aliasChecks =
                    sites
                            .checkAliasesOf(current.actor(), address.getItem(), getWww(), TypedNames.of(getAliases()))
                            .stream()
                            .filter(check -> !check.isFree() || !names.contains(check.ascii()))
                            .toList();
        }
        return aliasChecks;
    }

    /** The password after it was asked for. */
    public String getDatabasePassword() {
        return databasePassword;
    }

    public String suspend() {
        return follow(sites.suspend(current.actor(), address.getItem(), reason));
    }

    public String resume() {
        return follow(sites.resume(current.actor(), address.getItem()));
    }

    public String delete() {
        return follow(sites.delete(current.actor(), address.getItem()));
    }

    public String restore() {
        return follow(sites.restore(current.actor(), address.getItem()));
    }

    public String purge() {
        return follow(sites.purge(current.actor(), address.getItem()));
    }

    /** Another PHP version. */
    public String changePhp() {
        return change(new SiteChange(Optional.of(getPhpVersion()), Optional.empty(), Optional.empty()));
    }

    /** Other aliases, another way with www. */
    public String changeNames() {
        return change(new SiteChange(
                Optional.empty(),
                Optional.of(WwwChoice.of(getWww())),
                Optional.of(TypedNames.of(getAliases())),
                new TlsChange(Optional.empty(), Optional.empty(), Optional.empty(), confirm.isTicked())));
    }

    /** Opens the site as it will be once its names lead here. */
    public String preview() {
        return Redirect.to(sites.preview(current.actor(), address.getItem()).path());
    }

    /** Shows the database's password; the audit keeps that it was seen. */
    public String revealPassword() {
        databasePassword = sites.databasePassword(current.actor(), address.getItem());
        return "";
    }

    private String change(SiteChange change) {
        return follow(sites.update(current.actor(), address.getItem(), change));
    }

    private static String follow(JobView job) {
        return Redirect.to("/jobs/" + job.id());
    }
}
