package org.berth.web.sites;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.berth.accounts.AccountState;
import org.berth.accounts.AccountView;
import org.berth.accounts.Accounts;
import org.berth.jobs.JobText;
import org.berth.platform.PageRequest;
import org.berth.services.HostStatus;
import org.berth.settings.PlanView;
import org.berth.settings.Plans;
import org.berth.sites.NameCheck;
import org.berth.sites.SiteDraft;
import org.berth.sites.SiteType;
import org.berth.sites.Sites;
import org.berth.sites.WwwChoice;
import org.berth.web.frame.Redirect;
import org.berth.web.security.CurrentActor;

/** A site that somebody is about to make; checked and summed up while they type. */
@Named
@RequestScoped
public class SitesCreateBacking {

    private static final int SUGGESTIONS = 8;

    /** Between a login, which has no such dash, and the name beside it. */
    private static final String BESIDE = " \u2013 ";

    @Inject
    private CurrentActor current;

    @Inject
    private HttpServletRequest request;

    @Inject
    private Sites sites;

    @Inject
    private HostStatus host;

    @Inject
    private Plans plans;

    @Inject
    private Accounts accounts;

    private String name;
    private String kind;
    private String owner;
    private String phpVersion;
    private String www;
    private String aliases;
    private String key;
    private NameCheck check;
    private List<NameCheck> aliasChecks;

    /** The form is also an address, by which it is checked while somebody types. */
    @PostConstruct
    void init() {
        name = parameter("name", "");
        kind = parameter("kind", "php");
        owner = parameter("owner", current.actor().name());
        phpVersion = parameter("phpVersion", "");
        www = parameter("www", "");
        aliases = parameter("aliases", "");
        key = parameter("key", UUID.randomUUID().toString());
    }

    private String parameter(String parameter, String usual) {
        return Optional.ofNullable(request.getParameter(parameter))
                .map(String::strip)
                .orElse(usual);
    }

    /** Starts the job that makes it. */
    public String create() {
        var draft = new SiteDraft(
                name,
                SiteType.of(isDatabase() ? "php" : kind),
                isDatabase(),
                Optional.of(login(owner))
                        .filter(login -> !login.isEmpty() && current.actor().isAdministrator()),
                Optional.of(phpVersion).filter(version -> isPhp() && !version.isEmpty()),
                Optional.of(www).filter(choice -> !choice.isEmpty()).map(WwwChoice::of),
                TypedNames.of(aliases),
                Optional.of(key));
        return Redirect.to("/jobs/" + sites.create(current.actor(), draft).id());
    }

    /** What the panel thinks of the name so far. */
    public NameCheck getCheck() {
        if (check == null) {
            check = sites.checkName(current.actor(), name);
        }
        return check;
    }

    /** Titles of the job's steps as they would be. */
    public List<String> getPlanned() {
        return Stream.of("user", "files", isPhp() ? "php" : "", isDatabase() ? "database" : "", "vhost")
                .filter(step -> !step.isEmpty())
                .map(step -> JobText.step("site-create", step, current.locale()))
                .toList();
    }

    /** What the site may use. */
    public PlanView getPlan() {
        return plans.list(current.actor()).get(0);
    }

    public List<String> getPhpVersions() {
        return host.host(current.actor()).phpVersions();
    }

    /** What it thinks of the aliases. */
    public List<NameCheck> getAliasChecks() {
        if (aliasChecks == null) {
            aliasChecks = sites.checkAliases(current.actor(), name, www, TypedNames.of(aliases));
        }
        return aliasChecks;
    }

    /** People who could own it, found by a part of login or name; one more than is shown, if there are more. */
    public List<String> suggest(String typed) {
        var filters = Map.of("state", AccountState.ACTIVE.name());
        var request = new PageRequest(0, SUGGESTIONS + 1, "", true, login(typed.strip()), filters);
        return accounts.list(current.actor(), request).rows().stream()
                .map(SitesCreateBacking::named)
                .toList();
    }

    /** How many people are shown. */
    public int getSuggestions() {
        return SUGGESTIONS;
    }

    private static String named(AccountView person) {
        return person.displayName().isBlank() ? person.login() : person.login() + BESIDE + person.displayName();
    }

    /** The login in what was chosen, or typed. */
    private static String login(String typed) {
        return typed.split(BESIDE, 2)[0];
    }

    public boolean isPhp() {
        return kind.equals("php") || isDatabase();
    }

    public boolean isDatabase() {
        return kind.equals("php-database");
    }

    /** Whether the folded part has something in it. */
    public boolean isMore() {
        return !aliases.isEmpty() || !www.isEmpty() || !phpVersion.isEmpty();
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name.strip();
    }

    /** {@code static}, {@code php} or {@code php-database}. */
    public String getKind() {
        return kind;
    }

    public String getOwner() {
        return owner;
    }

    public void setOwner(String owner) {
        this.owner = owner.strip();
    }

    public String getPhpVersion() {
        return phpVersion;
    }

    /** Faces hands over an empty choice as null. */
    public void setPhpVersion(String phpVersion) {
        this.phpVersion = Objects.requireNonNullElse(phpVersion, "");
    }

    public String getWww() {
        return www;
    }

    public void setWww(String www) {
        this.www = Objects.requireNonNullElse(www, "");
    }

    public String getAliases() {
        return aliases;
    }

    public void setAliases(String aliases) {
        this.aliases = aliases;
    }

    public String getKey() {
        return key;
    }
}
