package org.berth.web.frame;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.berth.accounts.Accounts;
import org.berth.jobs.JobView;
import org.berth.jobs.Jobs;
import org.berth.platform.NotFound;
import org.berth.platform.PageRequest;
import org.berth.sites.Sites;
import org.berth.web.security.CurrentActor;

/** Finds sites, people, jobs, pages and actions by a few letters. */
@Named
@RequestScoped
public class SearchBacking {

    private static final int EACH = 6;

    /**
     * Something that was found.
     *
     * @param kind text key of what it is
     */
    public record Finding(String icon, String name, String kind, String address) {}

    /** A page or an action; {@code forAll} is false for what administrators alone have. */
    private record Place(String icon, String key, String kind, String address, boolean forAll) {}

    private static final List<Place> PLACES = List.of(
            new Place("dashboard", "nav.dashboard", "search.page", "/", true),
            new Place("site", "nav.sites", "search.page", "/sites", true),
            new Place("plus", "sites.create.action", "search.action", "/sites/new", true),
            new Place("job", "nav.jobs", "search.page", "/jobs", true),
            new Place("people", "nav.people", "search.page", "/people", false),
            new Place("plus", "people.create.action", "search.action", "/people/new", false),
            new Place("shield", "nav.certificates", "search.page", "/certificates", false),
            new Place("shield", "panel.certificate", "search.page", "/certificates/panel", false),
            new Place("shield", "nav.found", "search.page", "/found", false),
            new Place("shield", "nav.authorities", "search.page", "/authorities", false),
            new Place("shield", "nav.tls", "search.page", "/tls", false),
            new Place("key", "nav.dns", "search.page", "/dns", false),
            new Place("plus", "dns.create.action", "search.action", "/dns/new", false),
            new Place("plus", "authorities.create.action", "search.action", "/authorities/new", false),
            new Place("mail", "nav.mail", "search.page", "/mail", false),
            new Place("mail", "mail.queue", "search.page", "/mail/queue", false),
            new Place("gauge", "nav.doctor", "search.page", "/doctor", false),
            new Place("audit", "nav.audit", "search.page", "/audit", true),
            new Place("person", "nav.account", "search.page", "/account", true),
            new Place("key", "account.tokens", "search.page", "/account/tokens", true),
            new Place("lock", "account.password", "search.page", "/account/password", true));

    @Inject
    private CurrentActor current;

    @Inject
    private HttpServletRequest request;

    @Inject
    private Say say;

    @Inject
    private Sites sites;

    @Inject
    private Jobs jobs;

    @Inject
    private Accounts accounts;

    private List<Finding> findings;

    public String getText() {
        return Optional.ofNullable(request.getParameter("q")).orElse("").strip();
    }

    /** The best first; pages alone while nothing is typed. */
    public List<Finding> getFindings() {
        if (findings == null) {
            findings = find();
        }
        return findings;
    }

    private List<Finding> find() {
        var found = new ArrayList<Finding>();
        if (!getText().isEmpty()) {
            found.addAll(sites());
            job().map(this::finding).ifPresent(found::add);
        }
        if (!getText().isEmpty() && current.actor().isAdministrator()) {
            found.addAll(people());
        }
        places().forEach(found::add);
        return found;
    }

    private List<Finding> sites() {
        return sites.list(current.actor(), request()).rows().stream()
                .map(site -> new Finding("site", site.display(), "search.site", "/sites/" + site.id()))
                .toList();
    }

    private List<Finding> people() {
        return accounts.list(current.actor(), request()).rows().stream()
                .map(person -> new Finding(
                        "person",
                        person.displayName() + " (" + person.login() + ")",
                        "search.person",
                        "/people/" + person.login()))
                .toList();
    }

    private Optional<JobView> job() {
        var number = getText().startsWith("#") ? getText().substring(1) : getText();
        if (!number.matches("\\d{1,18}")) {
            return Optional.empty();
        }
        try {
            return Optional.of(jobs.find(current.actor(), Long.parseLong(number)));
        } catch (NotFound none) {
            return Optional.empty();
        }
    }

    private Finding finding(JobView job) {
        return new Finding(
                "job", "#" + job.id() + " " + say.job(job) + " " + job.targetName(), "search.job", "/jobs/" + job.id());
    }

    private Stream<Finding> places() {
        var wanted = getText().toLowerCase(Locale.ROOT);
        return PLACES.stream()
                .filter(place -> place.forAll() || current.actor().isAdministrator())
                .map(place -> new Finding(place.icon(), say.text(place.key()), place.kind(), place.address()))
                .filter(finding -> finding.name().toLowerCase(Locale.ROOT).contains(wanted));
    }

    private PageRequest request() {
        return new PageRequest(0, EACH, "", true, getText(), Map.of());
    }
}
