package org.berth.web.certificates;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.berth.certificates.FoundCertificate;
import org.berth.certificates.FoundCertificates;
import org.berth.certificates.FoundReport;
import org.berth.web.frame.ConfirmBox;
import org.berth.web.frame.Notices;
import org.berth.web.frame.Redirect;
import org.berth.web.frame.Say;
import org.berth.web.security.CurrentActor;

/** Certificates that certbot and acme.sh keep on this host, each with the sites that could have it. */
@Named
@RequestScoped
public class FoundBacking {

    @Inject
    private CurrentActor current;

    @Inject
    private HttpServletRequest request;

    @Inject
    private FoundCertificates certificates;

    @Inject
    private ConfirmBox confirm;

    @Inject
    private Notices notices;

    @Inject
    private Say say;

    private FoundReport report;

    public FoundReport getReport() {
        if (report == null) {
            report = certificates.list(current.actor());
        }
        return report;
    }

    /** The site that the button named, empty if none was pressed. */
    public String getSiteName() {
        return getReport().certificates().stream()
                .flatMap(found -> found.sites().stream())
                .filter(site -> String.valueOf(site.id()).equals(named("site")))
                .map(FoundCertificate.Site::name)
                .findFirst()
                .orElse("");
    }

    /** Has the site that the button names get what is in the folder that it names. */
    public String take() {
        var job = certificates.take(current.actor(), named("site"), Optional.of(named("lineage")), confirm.isTicked());
        return Redirect.to("/jobs/" + job.id());
    }

    /** Has every site that signed its own get what suits it best. */
    public String takeAll() {
        var jobs = certificates.takeAll(current.actor());
        if (jobs.size() == 1) {
            return Redirect.to("/jobs/" + jobs.get(0).id());
        }
        notices.tell(say.text("found.started", jobs.size()));
        return Redirect.to(jobs.isEmpty() ? "/found" : "/jobs");
    }

    private String named(String parameter) {
        return Optional.ofNullable(request.getParameter(parameter)).orElse("");
    }
}
