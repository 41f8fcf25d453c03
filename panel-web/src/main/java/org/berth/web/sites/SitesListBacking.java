package org.berth.web.sites;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.berth.platform.BerthException;
import org.berth.platform.Page;
import org.berth.sites.SiteRow;
import org.berth.sites.Sites;
import org.berth.web.frame.ListQuery;
import org.berth.web.frame.Notices;
import org.berth.web.frame.Redirect;
import org.berth.web.frame.Say;
import org.berth.web.frame.Wrongs;
import org.berth.web.security.CurrentActor;

/** Sites, with what can be done to one or several of them at once. */
@Named
@RequestScoped
public class SitesListBacking {

    private static final List<String> OWNERS_COLUMNS = List.of("type", "php", "state", "tls", "created");
    private static final List<String> COLUMNS = List.of("owner", "type", "php", "state", "tls", "created");

    @Inject
    private CurrentActor current;

    @Inject
    private HttpServletRequest request;

    @Inject
    private Sites sites;

    @Inject
    private Wrongs wrongs;

    @Inject
    private Notices notices;

    @Inject
    private Say say;

    private ListQuery query;
    private Page<SiteRow> page;
    private String reason = "";

    @PostConstruct
    void init() {
        query = ListQuery.of(request, "/sites", "state", "type", "owner");
    }

    public ListQuery getQuery() {
        return query;
    }

    public Page<SiteRow> getPage() {
        if (page == null) {
            page = sites.list(current.actor(), query.request());
        }
        return page;
    }

    /** Columns that can be hidden. */
    public List<String> getColumns() {
        return current.actor().isAdministrator() ? COLUMNS : OWNERS_COLUMNS;
    }

    /** Whether a job works on a site that is shown. */
    public boolean isRunning() {
        return getPage().rows().stream().anyMatch(site -> site.activeJobId().isPresent());
    }

    public String getReason() {
        return reason;
    }

    public void setReason(String reason) {
        this.reason = reason;
    }

    /** Suspends the chosen sites. */
    public String suspend() {
        return each("sites.bulk.suspended", id -> sites.suspend(current.actor(), id, reason));
    }

    /** Resumes the chosen sites. */
    public String resume() {
        return each("sites.bulk.resumed", id -> sites.resume(current.actor(), id));
    }

    /** What cannot be done to one site does not keep it from the others; the page then says which and why. */
    private String each(String told, Consumer<String> act) {
        var done = 0;
        for (var id : chosen()) {
            try {
                act.accept(id);
                done++;
            } catch (BerthException refusal) {
                wrongs.add(refusal, named(id));
            }
        }
        // Names were read on the way; what is shown now is what all of it has led to.
        page = null;
        if (done > 0) {
            notices.tell(say.text(told, done));
        }
        return wrongs.isAny() ? "" : Redirect.to(query.current());
    }

    /** Ids of the chosen sites, for the dialog that asks again. */
    public String getIds() {
        return String.join(",", chosen());
    }

    /** Their names. */
    public String getNames() {
        return chosen().stream().map(this::named).collect(Collectors.joining(", "));
    }

    private String named(String id) {
        return getPage().rows().stream()
                .filter(site -> String.valueOf(site.id()).equals(id))
                .map(SiteRow::display)
                .findFirst()
                .orElseGet(() -> "#" + id);
    }

    private List<String> chosen() {
        return Stream.of(Optional.ofNullable(request.getParameter("ids"))
                        .orElse("")
                        .split(","))
                .filter(id -> id.matches("\\d{1,18}"))
                .toList();
    }
}
